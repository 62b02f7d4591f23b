'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Card } from '@/app/_components/layout/card'
import { useApi } from '@/app/_data/use-api'
import type { MailChoiceView } from '@/lib/views/inbox'

/** What comes as mail besides the inbox. The mail itself never holds content: it says that there is something, and where. */
export function MailChoicesCard({ initial }: { initial: MailChoiceView[] }) {
  const api = useApi()
  const query = useQuery(api.inbox.mailChoices.queryOptions(undefined, { initialData: initial }))
  const client = useQueryClient()
  const choose = useMutation(
    api.inbox.chooseMail.mutationOptions({
      onMutate: ({ kind, choice }) =>
        client.setQueryData(api.inbox.mailChoices.queryKey(), (rows) =>
          rows?.map((row) => (row.kind === kind ? { ...row, choice } : row)),
        ),
      onError: (error) => {
        toastProblem(error)
        void query.refetch()
      },
    }),
  )
  return (
    <section id="mail" aria-labelledby="mail-choices" className="flex scroll-mt-16 flex-col gap-3">
      <div>
        <h2 id="mail-choices" className="font-semibold text-lg">
          What comes as mail
        </h2>
        <p className="text-muted-foreground">
          Everything is in the inbox. A mail only says that there is something, and never what it says.
        </p>
      </div>
      <Card className="grid gap-3 p-4 sm:grid-cols-2">
        {query.data.map(({ kind, label, choice }) => (
          <Checkbox
            key={kind}
            label={label}
            checked={choice === 'at_once'}
            onChange={(event) => choose.mutate({ kind, choice: event.target.checked ? 'at_once' : 'never' })}
          />
        ))}
      </Card>
    </section>
  )
}
