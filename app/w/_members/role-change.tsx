'use client'

import { useState } from 'react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { type Problem, problemOf } from '@/app/_data/problem'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import type { Role } from '@/lib/policy/vocabulary'
import type { MemberView } from '@/lib/views/workspace'

interface RoleChangeProps {
  member: MemberView
  /** What was chosen; null: nothing to ask. */
  role: Role | null
  acts: MemberActs
  onClose: () => void
}

/** Asks before I change my own role: it may take away the right to change it back. */
export function RoleChange({ member, role, acts, onClose }: RoleChangeProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  if (role === null) return null
  const confirm = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await acts.change(member, role, member.until)
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={`Change your own role to ${ROLE_WORDS[role].name.toLowerCase()}?`}
      confirmLabel="Change my role"
      busy={busy}
      problem={problem ? <ProblemView problem={problem} /> : null}
      onConfirm={() => void confirm()}
    >
      <p>
        {ROLE_WORDS[role].name}: {ROLE_WORDS[role].means.toLowerCase()}. It acts at once. Only another lead of
        your agency can give you your present role back.
      </p>
    </ConfirmDialog>
  )
}
