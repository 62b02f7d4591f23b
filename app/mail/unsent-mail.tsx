'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { MailCheck } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { Empty } from '@/app/_components/feedback/empty'
import { Notice } from '@/app/_components/feedback/notice'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Time } from '@/app/_components/marks/time'
import { useApi } from '@/app/_data/use-api'
import { Row, Section } from '@/app/account/section'
import { HandOverDialog } from '@/app/mail/hand-over-dialog'
import type { UnsentMailView, WaitingMailView } from '@/lib/views/inbox'

const WHAT: Record<WaitingMailView['kind'], string> = {
  person_invitation: 'Invitation of a person by',
  participation_offer: 'Invitation of an agency by',
}

/** Links that nobody has got yet: to hand over by hand, or to see why the mail server did not take them. */
export function UnsentMail({ initial }: { initial: UnsentMailView }) {
  const api = useApi()
  const query = useQuery(api.mail.unsent.queryOptions(undefined, { initialData: initial }))
  const [shown, setShown] = useState<{ to: string; text: string } | null>(null)
  const show = useMutation(api.mail.showLink.mutationOptions({ onSuccess: setShown, onError: toastProblem }))
  const close = useMutation(
    api.mail.close.mutationOptions({
      onSuccess: async () => {
        announce('Taken off the list.')
        await query.refetch()
      },
      onError: toastProblem,
    }),
  )
  const { configured, mails } = query.data
  return (
    <>
      {configured ? null : (
        <Notice title="No mail server is set up">
          Nothing leaves by mail. Hand each link over in a way that only its addressee can read; an operator
          sets SMTP_URL and MAIL_FROM to have mail sent.
        </Notice>
      )}
      {mails.length === 0 ? (
        <Empty icon={<MailCheck />} title="Nothing waits">
          Invitations that could not be sent would stand here.
        </Empty>
      ) : (
        <Section
          title="Waiting"
          about="A link is made when you ask for it. Every earlier one then stops working."
        >
          {mails.map((mail) => (
            <Row
              key={mail.id}
              actions={
                <>
                  <Button
                    size="sm"
                    busy={show.isPending && show.variables.mailId === mail.id}
                    disabledWhy={
                      mail.canShowLink ? null : 'Only an operator of this instance can hand over this link.'
                    }
                    onClick={() => show.mutate({ mailId: mail.id })}
                  >
                    Show the link
                  </Button>
                  <Button
                    size="sm"
                    busy={close.isPending && close.variables.mailId === mail.id}
                    onClick={() => close.mutate({ mailId: mail.id })}
                  >
                    Done
                  </Button>
                </>
              }
            >
              <p className="break-words font-medium">{mail.email}</p>
              <p className="text-muted-foreground text-sm">
                {WHAT[mail.kind]} {mail.about} · <Time at={mail.at} />
              </p>
              {mail.error ? (
                <p className="break-words text-destructive text-sm">
                  Tried {mail.attempts} {mail.attempts === 1 ? 'time' : 'times'}. The mail server said:{' '}
                  {mail.error}
                </p>
              ) : null}
            </Row>
          ))}
        </Section>
      )}
      <HandOverDialog shown={shown} onClose={() => setShown(null)} />
    </>
  )
}
