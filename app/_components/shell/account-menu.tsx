'use client'

import { Building2, LogOut, MailQuestion, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { toast } from '@/app/_components/feedback/toast'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import { Menu, MenuChoice, MenuItem, MenuLink, MenuSeparator } from '@/app/_components/overlays/menu'
import { chooseTheme, useThemeChoice } from '@/app/_components/shell/theme'
import { signOut } from '@/app/_session/leave'
import type { MeView } from '@/lib/views/person'

const THEMES = [
  { value: 'system', label: 'As the system', icon: <Monitor /> },
  { value: 'light', label: 'Light', icon: <Sun /> },
  { value: 'dark', label: 'Dark', icon: <Moon /> },
] as const

/** Who I am and for whom, always in sight; my account, the colours, the way out. */
export function AccountMenu({ me }: { me: MeView }) {
  const theme = useThemeChoice()
  const leave = async () => {
    const problem = await signOut(me.sessionId)
    if (problem !== null) toast({ tone: 'problem', text: problem })
  }
  return (
    <Menu
      trigger={
        <button
          type="button"
          aria-label={`Account of ${me.name}, ${me.org.name}`}
          className="flex h-9 items-center gap-2 rounded-md px-1.5 hover:bg-accent data-[state=open]:bg-accent"
        >
          <span className="max-w-48 truncate max-sm:hidden">{me.name}</span>
          <AgencyTag agency={me.org} />
          <Avatar person={me} size="sm" />
        </button>
      }
    >
      <div className="px-2 py-1.5">
        <p className="truncate font-medium">{me.name}</p>
        <p className="truncate text-muted-foreground text-sm">{me.email}</p>
        <p className="mt-1.5">
          <AgencyTag agency={me.org} withName />
        </p>
      </div>
      <MenuSeparator />
      <MenuLink href="/account" icon={<UserRound />}>
        Account and sessions
      </MenuLink>
      <MenuLink href="/requests" icon={<MailQuestion />}>
        My requests for access
      </MenuLink>
      <MenuLink href="/organisation" icon={<Building2 />}>
        {me.org.name}
      </MenuLink>
      <MenuSeparator />
      <MenuChoice label="Colours" value={theme} options={THEMES} onChange={chooseTheme} />
      <MenuSeparator />
      <MenuItem icon={<LogOut />} onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
