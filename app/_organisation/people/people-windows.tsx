'use client'

import { InviteDialog } from '@/app/_organisation/people/invite-dialog'
import { SuspendDialog } from '@/app/_organisation/people/suspend-dialog'
import { AddPersonDialog } from '@/app/account/add-person-dialog'
import { LinkDialog, type MadeLink } from '@/app/account/link-dialog'
import type { OwnPersonView } from '@/lib/views/identity'

export type PeopleWindow =
  | { kind: 'add' | 'invite' }
  | { kind: 'suspend'; person: OwnPersonView }
  | { kind: 'link'; made: MadeLink }

interface PeopleWindowsProps {
  shown: PeopleWindow
  organisation: string
  onShow: (shown: PeopleWindow | null) => void
  onChanged: () => Promise<unknown>
}

/** The windows of the people of an organisation: fetched when the first of them is opened. */
export function PeopleWindows({ shown, organisation, onShow, onChanged }: PeopleWindowsProps) {
  const close = () => onShow(null)
  const changed = async () => {
    close()
    await onChanged()
  }
  return (
    <>
      <AddPersonDialog
        open={shown.kind === 'add'}
        onOpenChange={close}
        onAdded={async (made) => {
          onShow({ kind: 'link', made })
          await onChanged()
        }}
      />
      <InviteDialog open={shown.kind === 'invite'} onClose={close} organisation={organisation} />
      <SuspendDialog
        person={shown.kind === 'suspend' ? shown.person : null}
        onClose={close}
        onDone={() => void changed()}
      />
      <LinkDialog made={shown.kind === 'link' ? shown.made : null} onClose={close} />
    </>
  )
}
