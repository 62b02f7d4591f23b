'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { MadeLink } from '@/app/account/link-dialog'
import { Row } from '@/app/account/section'
import type { InvitationView } from '@/lib/views/organisation'

const linkDialog = later(() => import('@/app/account/link-dialog'))

interface InvitationRowProps {
  invitation: InvitationView
  onChanged: () => Promise<unknown>
}

export function InvitationRow({ invitation, onChanged }: InvitationRowProps) {
  const api = useApi()
  const { id: invitationId, name, email, workspace, role, over } = invitation
  const [asking, setAsking] = useState(false)
  const [made, setMade] = useState<MadeLink | null>(null)
  const link = useLater(linkDialog, made !== null, () => setMade(null))
  const resend = useMutation(
    api.invitations.resend.mutationOptions({
      onSuccess: async () => {
        await onChanged()
        toast({ text: `${name} is invited again. Earlier links do not work any more.` })
      },
      onError: toastProblem,
    }),
  )
  const handOver = useMutation(
    api.invitations.handOver.mutationOptions({
      onSuccess: ({ link }) => setMade({ name, path: link }),
      onError: toastProblem,
    }),
  )
  const withdraw = useMutation(
    api.invitations.withdraw.mutationOptions({
      onSuccess: async () => {
        setAsking(false)
        toast({ text: `The invitation of ${name} is withdrawn.` })
        await onChanged()
      },
    }),
  )
  return (
    <Row
      actions={
        <>
          {invitation.can.handOver && !over ? (
            <Button
              size="sm"
              aria-label={`Make a link for ${name}`}
              busy={handOver.isPending}
              onClick={() => handOver.mutate({ invitationId })}
            >
              Make a link
            </Button>
          ) : null}
          <Button
            size="sm"
            aria-label={`Send again to ${name}`}
            busy={resend.isPending}
            onClick={() => resend.mutate({ invitationId })}
          >
            Send again
          </Button>
          <Button size="sm" aria-label={`Withdraw the invitation of ${name}`} onClick={() => setAsking(true)}>
            Withdraw
          </Button>
        </>
      }
    >
      <p className="break-words font-medium">{name}</p>
      <p className="break-words text-muted-foreground text-sm">
        {email}
        {workspace === null || role === null ? null : ` · ${ROLE_WORDS[role].name} in ${workspace}`} · invited
        by {invitation.by}, <Time at={invitation.at} />
      </p>
      <p className={over ? 'text-sm text-warning' : 'text-muted-foreground text-sm'}>
        {over ? 'Ran out ' : 'Runs out '}
        <Time at={invitation.expiresAt} as="since" />
      </p>
      <ConfirmDialog
        open={asking}
        onOpenChange={() => {
          withdraw.reset()
          setAsking(false)
        }}
        title={`Withdraw the invitation of ${name}?`}
        confirmLabel="Withdraw"
        danger
        busy={withdraw.isPending}
        onConfirm={() => withdraw.mutate({ invitationId })}
        problem={withdraw.error ? <ProblemView problem={problemOf(withdraw.error)} /> : null}
      >
        <p>The link stops working at once. You can invite {name} again.</p>
      </ConfirmDialog>
      {link && made ? (
        <link.LinkDialog
          made={made}
          onClose={() => setMade(null)}
          about="It makes the account of the invited address. It works once and runs out with the invitation."
        />
      ) : null}
    </Row>
  )
}
