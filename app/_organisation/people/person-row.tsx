'use client'

import { Ellipsis, Link2, ShieldMinus, ShieldPlus } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Time } from '@/app/_components/marks/time'
import { Menu, MenuItem } from '@/app/_components/overlays/menu'
import { strengthWords } from '@/app/_organisation/people/strength-words'
import type { PeopleActs } from '@/app/_organisation/people/use-people-acts'
import { Row } from '@/app/account/section'
import type { OwnPersonView } from '@/lib/views/identity'

interface PersonRowProps {
  person: OwnPersonView
  isMe: boolean
  acts: PeopleActs
  onSuspend: () => void
}

const stateOf = ({ suspended, hasPassword, isAdministrator }: OwnPersonView): string =>
  [
    suspended ? 'Suspended' : hasPassword ? 'Active' : 'Has not set a password yet',
    isAdministrator ? 'Administrator' : '',
  ]
    .filter(Boolean)
    .join(' · ')

export function PersonRow({ person, isMe, acts, onSuspend }: PersonRowProps) {
  const { name, email, can, lastActiveAt, strength } = person
  const busy = acts.busy(person)
  return (
    <Row
      actions={
        <>
          {can.issueLink ? (
            <Button
              size="sm"
              aria-label={`New password link for ${name}`}
              busy={busy}
              onClick={() => acts.link(person)}
            >
              <Link2 aria-hidden /> Password link
            </Button>
          ) : null}
          {can.reinstate ? (
            <Button
              size="sm"
              aria-label={`Reinstate ${name}`}
              busy={busy}
              onClick={() => acts.reinstate(person)}
            >
              Reinstate
            </Button>
          ) : (
            <Button size="sm" aria-label={`Suspend ${name}`} disabledWhy={can.why} onClick={onSuspend}>
              Suspend
            </Button>
          )}
          {can.makeAdministrator || person.isAdministrator ? (
            <Menu trigger={<IconButton label={`More for ${name}`} icon={<Ellipsis />} />}>
              {can.makeAdministrator ? (
                <MenuItem icon={<ShieldPlus />} onSelect={() => acts.makeAdministrator(person)}>
                  Make an administrator
                </MenuItem>
              ) : (
                <MenuItem
                  icon={<ShieldMinus />}
                  disabledWhy={can.unmakeAdministrator ? null : 'The last one stays: name another first.'}
                  onSelect={() => acts.unmakeAdministrator(person)}
                >
                  {isMe ? 'Give up my administrator’s rights' : 'Take the administrator’s rights'}
                </MenuItem>
              )}
            </Menu>
          ) : null}
        </>
      }
    >
      <p className="break-words font-medium">
        {name}
        {isMe ? <span className="font-normal text-muted-foreground"> (you)</span> : null}
      </p>
      <p className="break-words text-muted-foreground text-sm">
        {email} · {stateOf(person)}
      </p>
      <p className="text-muted-foreground text-sm">
        {lastActiveAt === null || strength === null ? (
          'Never signed in'
        ) : (
          <>
            Last active <Time at={lastActiveAt} as="since" /> · {strengthWords(strength)}
          </>
        )}
      </p>
    </Row>
  )
}
