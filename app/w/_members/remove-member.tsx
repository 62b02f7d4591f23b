'use client'

import { useState } from 'react'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { type Problem, problemOf } from '@/app/_data/problem'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import type { MemberView } from '@/lib/views/workspace'

interface RemoveMemberProps {
  member: MemberView
  isMe: boolean
  acts: MemberActs
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** Asks before somebody is removed, and says what is lost and what stays. */
export function RemoveMember({ member, isMe, acts, open, onOpenChange }: RemoveMemberProps) {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const confirm = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await acts.remove(member)
      onOpenChange(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const who = isMe ? 'You' : member.person.name
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={isMe ? 'Leave this workspace?' : `Remove ${member.person.name}?`}
      confirmLabel={isMe ? 'Leave' : 'Remove'}
      danger
      busy={busy}
      problem={problem ? <ProblemView problem={problem} /> : null}
      onConfirm={() => void confirm()}
    >
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>
          {who} {isMe ? 'lose' : 'loses'} access to everything in this workspace at once. What is open on{' '}
          {isMe ? 'your' : 'their'} screen closes, and nothing typed after that is accepted.
        </li>
        <li>
          What {isMe ? 'you' : 'they'} wrote stays, under {isMe ? 'your' : 'their'} name, and so does the
          record.
        </li>
        <li>
          A lead of {member.person.org.name} can add {isMe ? 'you' : 'them'} again.
        </li>
      </ul>
    </ConfirmDialog>
  )
}
