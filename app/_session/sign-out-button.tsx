'use client'

import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import { signOut } from '@/app/_session/leave'

/** Signs out on this device; the other tabs of this browser follow. */
export function SignOutButton({ sessionId }: { sessionId: string }) {
  const [busy, setBusy] = useState(false)
  const leave = async () => {
    setBusy(true)
    const problem = await signOut(sessionId)
    if (problem === null) return
    setBusy(false)
    toast({ tone: 'problem', text: problem })
  }
  return (
    <Button busy={busy} onClick={leave}>
      <LogOut aria-hidden /> Sign out
    </Button>
  )
}
