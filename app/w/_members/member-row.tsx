'use client'

import { CalendarClock, Ellipsis, UserRoundMinus } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Select } from '@/app/_components/controls/select'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Avatar } from '@/app/_components/marks/avatar'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/overlays/menu'
import { strengthWords } from '@/app/_organisation/people/strength-words'
import { EndDateDialog } from '@/app/w/_members/end-date-dialog'
import { lastMomentOf } from '@/app/w/_members/last-day'
import { RemoveMember } from '@/app/w/_members/remove-member'
import { RoleChange } from '@/app/w/_members/role-change'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import { ROLES, type Role } from '@/lib/policy/vocabulary'
import type { MemberView } from '@/lib/views/workspace'

interface MemberRowProps {
  member: MemberView
  isMe: boolean
  /** Why this one cannot be changed, when it is not said for the whole agency. */
  why: string | null
  acts: MemberActs
  /** Null where nobody is chosen for a change of several. */
  chosen: boolean | null
  onChoose: (chosen: boolean) => void
}

const OPTIONS = ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].name }))

export function MemberRow({ member, isMe, why, acts, chosen, onChoose }: MemberRowProps) {
  const { person, role, from, until, suspended, can } = member
  const [asked, setAsked] = useState<Role | null>(null)
  const [busy, setBusy] = useState(false)
  const [shown, setShown] = useState<'none' | 'end' | 'remove'>('none')
  const choose = (next: Role) => {
    if (isMe) setAsked(next)
    else {
      setBusy(true)
      void acts
        .change(member, next, until)
        .catch(toastProblem)
        .finally(() => setBusy(false))
    }
  }
  const window = (name: typeof shown) => ({
    open: shown === name,
    onOpenChange: (open: boolean) => setShown(open ? name : 'none'),
  })
  return (
    <li className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      {chosen === null ? null : (
        <input
          type="checkbox"
          aria-label={`Choose ${person.name}`}
          checked={chosen}
          onChange={(event) => onChoose(event.target.checked)}
          className="size-4 shrink-0 accent-primary pointer-coarse:size-6"
        />
      )}
      <Avatar person={person} idle={suspended} />
      <div className="min-w-0 flex-1 basis-40">
        <p className="break-words font-medium">
          {person.name}
          {isMe ? <span className="font-normal text-muted-foreground"> (you)</span> : null}
        </p>
        <p className="flex flex-wrap gap-x-3 text-muted-foreground text-sm">
          {suspended ? (
            <span className="font-medium text-destructive">
              Suspended by {person.org.shortCode}: no access
            </span>
          ) : null}
          <span>
            Since <Time at={from} as="day" />
          </span>
          {until ? (
            <span className="text-warning">
              Last day <Time at={lastMomentOf(until).toISOString()} as="day" />
            </span>
          ) : null}
        </p>
        {member.activity ? (
          <p className="text-muted-foreground text-sm">
            Last active <Time at={member.activity.lastActiveAt} as="since" /> ·{' '}
            {strengthWords(member.activity.strength)}
          </p>
        ) : null}
        {why ? <p className="text-muted-foreground text-sm">{why}</p> : null}
      </div>
      {can.change ? (
        <div className="flex items-center gap-1 max-sm:w-full max-sm:justify-between max-sm:pl-9">
          <Select
            quiet
            aria-label={`Role of ${person.name}`}
            title={ROLE_WORDS[role].means}
            className="w-32"
            value={role}
            disabled={busy}
            options={OPTIONS}
            onChange={(event) => choose(event.target.value as Role)}
          />
          <Menu trigger={<IconButton label={`More for ${person.name}`} icon={<Ellipsis />} />}>
            <MenuItem icon={<CalendarClock />} onSelect={() => setShown('end')}>
              {until ? 'Change the end date' : 'Set an end date'}
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon={<UserRoundMinus />} danger onSelect={() => setShown('remove')}>
              {isMe ? 'Leave this workspace' : 'Remove'}
            </MenuItem>
          </Menu>
        </div>
      ) : (
        <span title={ROLE_WORDS[role].means} className="pr-2 text-muted-foreground">
          {ROLE_WORDS[role].name}
        </span>
      )}
      <RoleChange member={member} role={asked} acts={acts} onClose={() => setAsked(null)} />
      <EndDateDialog member={member} acts={acts} {...window('end')} />
      <RemoveMember member={member} isMe={isMe} acts={acts} {...window('remove')} />
    </li>
  )
}
