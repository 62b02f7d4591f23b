'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import { AddPersonDialog } from '@/app/account/add-person-dialog'
import { LinkDialog, type MadeLink } from '@/app/account/link-dialog'
import { PersonRow } from '@/app/account/person-row'
import { Section } from '@/app/account/section'
import { SuspendDialog } from '@/app/account/suspend-dialog'
import type { OwnPersonView } from '@/lib/views/identity'

interface PeopleCardProps {
  initial: OwnPersonView[]
  organisation: string
}

/** For administrators: who has an account at their organisation. */
export function PeopleCard({ initial, organisation }: PeopleCardProps) {
  const api = useApi()
  const { data: people, refetch } = useQuery(
    api.people.list.queryOptions(undefined, { initialData: initial }),
  )
  const [adding, setAdding] = useState(false)
  const [suspending, setSuspending] = useState<OwnPersonView | null>(null)
  const [made, setMade] = useState<MadeLink | null>(null)
  const reinstate = useMutation(
    api.people.reinstate.mutationOptions({
      onSuccess: async () => {
        await refetch()
        announce('Reinstated.')
      },
      onError: toastProblem,
    }),
  )
  const issue = useMutation(api.people.issueLink.mutationOptions({ onError: toastProblem }))
  return (
    <Section
      title={`People of ${organisation}`}
      about="An account belongs to one organisation. What people may do is decided in each workspace."
      action={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <UserPlus aria-hidden /> Add a person
        </Button>
      }
    >
      {people.map((person) => (
        <PersonRow
          key={person.id}
          person={person}
          busy={
            (reinstate.isPending && reinstate.variables.personId === person.id) ||
            (issue.isPending && issue.variables.personId === person.id)
          }
          onSuspend={() => setSuspending(person)}
          onReinstate={() => reinstate.mutate({ personId: person.id })}
          onLink={() =>
            issue.mutate(
              { personId: person.id },
              { onSuccess: ({ link }) => setMade({ name: person.name, path: link }) },
            )
          }
        />
      ))}
      <AddPersonDialog
        open={adding}
        onOpenChange={setAdding}
        onAdded={async (link) => {
          setAdding(false)
          setMade(link)
          await refetch()
        }}
      />
      <SuspendDialog
        person={suspending}
        onClose={() => setSuspending(null)}
        onDone={async () => {
          setSuspending(null)
          await refetch()
        }}
      />
      <LinkDialog made={made} onClose={() => setMade(null)} />
    </Section>
  )
}
