'use client'

import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Input } from '@/app/_components/controls/input'
import { Select } from '@/app/_components/controls/select'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { type Problem, problemOf } from '@/app/_data/problem'
import { dayForInput, untilOfLastDay } from '@/app/w/_members/last-day'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import { ROLES, type Role } from '@/lib/policy/vocabulary'
import type { MemberView } from '@/lib/views/workspace'

interface SeveralMembersProps {
  members: readonly MemberView[]
  acts: MemberActs
  onDone: () => void
}

const OPTIONS = [
  { value: '', label: 'Role …' },
  ...ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].name })),
]

/** What can be done to several people at once, at the foot of the window while any are chosen. */
export function SeveralMembers({ members, acts, onDone }: SeveralMembersProps) {
  const [role, setRole] = useState<Role | ''>('')
  const [day, setDay] = useState('')
  const [removing, setRemoving] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = async (act: Promise<void>) => {
    setBusy(true)
    setProblem(null)
    try {
      await act
      onDone()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  const change = () =>
    run(
      acts.changeAll(members, {
        ...(role === '' ? {} : { role }),
        ...(day === '' ? {} : { until: untilOfLastDay(day) }),
      }),
    )
  const count = members.length === 1 ? '1 person' : `${members.length} people`
  return (
    <section
      aria-label="Chosen people"
      data-foot
      className="sticky bottom-2 z-20 mt-6 flex flex-wrap items-center gap-2 rounded-lg border bg-popover p-3 shadow-float"
    >
      <p aria-live="polite" className="mr-2 font-medium">
        {count} chosen
      </p>
      <Select
        aria-label="New role"
        className="w-32"
        value={role}
        options={OPTIONS}
        onChange={(event) => setRole(event.target.value as Role | '')}
      />
      <Input
        type="date"
        aria-label="New last day"
        min={dayForInput(new Date())}
        value={day}
        onChange={(event) => setDay(event.target.value)}
        className="w-36!"
      />
      <Button
        variant="primary"
        busy={busy && !removing}
        disabledWhy={role === '' && day === '' ? 'Choose a role or a last day first.' : null}
        onClick={() => void change()}
      >
        Change
      </Button>
      <Button onClick={() => setRemoving(true)}>Remove …</Button>
      <Button onClick={onDone}>Choose nobody</Button>
      {problem && !removing ? <ProblemView problem={problem} /> : null}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Remove ${count}?`}
        confirmLabel="Remove"
        danger
        busy={busy}
        problem={problem ? <ProblemView problem={problem} /> : null}
        onConfirm={() => void run(acts.removeAll(members))}
      >
        <p>
          {members.map(({ person }) => person.name).join(', ')}: access to everything in this workspace ends
          at once. What they wrote stays. You can undo this right after.
        </p>
      </ConfirmDialog>
    </section>
  )
}
