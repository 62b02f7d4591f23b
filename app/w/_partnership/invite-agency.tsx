'use client'

import { MailPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Dialog } from '@/app/_components/overlays/dialog'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import type { WorkspaceView } from '@/lib/views/workspace'

const inviteForm = later(() => import('@/app/w/_partnership/invite-form'))

interface InviteAgencyProps {
  workspace: WorkspaceView
  /** Why this person cannot; null when they can. */
  disabledWhy: string | null
}

/** For leads of the host: offers another agency a part. Nothing is in force before that agency has accepted. */
export function InviteAgency({ workspace, disabledWhy }: InviteAgencyProps) {
  const [open, setOpen] = useState(false)
  const form = useLater(inviteForm, open, () => setOpen(false))
  return (
    <>
      <Button size="sm" className="mt-3 w-full" disabledWhy={disabledWhy} onClick={() => setOpen(true)}>
        <MailPlus aria-hidden />
        Invite an agency
      </Button>
      <Dialog
        open={open && form !== null}
        onOpenChange={setOpen}
        title={`Invite an agency to ${workspace.title}`}
        description="Its administrator sees who asks, the terms and what it would give, then accepts, declines or proposes less. Nothing changes before that."
      >
        {open && form ? <form.InviteForm workspace={workspace} onDone={() => setOpen(false)} /> : null}
      </Dialog>
    </>
  )
}
