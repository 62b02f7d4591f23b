import { Button } from '@/app/_components/controls/button'
import { Row } from '@/app/account/section'
import type { OwnPersonView } from '@/lib/views/identity'

interface PersonRowProps {
  person: OwnPersonView
  busy: boolean
  onSuspend: () => void
  onReinstate: () => void
  onLink: () => void
}

const stateOf = ({ suspended, hasPassword, isAdministrator }: OwnPersonView): string =>
  [
    suspended ? 'Suspended' : hasPassword ? 'Active' : 'Has not set a password yet',
    isAdministrator ? 'Administrator' : '',
  ]
    .filter(Boolean)
    .join(' · ')

export function PersonRow({ person, busy, onSuspend, onReinstate, onLink }: PersonRowProps) {
  const { name, email, can } = person
  return (
    <Row
      actions={
        <>
          {can.issueLink ? (
            <Button size="sm" aria-label={`New password link for ${name}`} busy={busy} onClick={onLink}>
              New password link
            </Button>
          ) : null}
          {can.reinstate ? (
            <Button size="sm" aria-label={`Reinstate ${name}`} busy={busy} onClick={onReinstate}>
              Reinstate
            </Button>
          ) : (
            <Button size="sm" aria-label={`Suspend ${name}`} disabledWhy={can.why} onClick={onSuspend}>
              Suspend
            </Button>
          )}
        </>
      }
    >
      <p className="break-words font-medium">{name}</p>
      <p className="break-words text-muted-foreground text-sm">
        {email} · {stateOf(person)}
      </p>
    </Row>
  )
}
