'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { type Problem, problemOf } from '@/app/_data/problem'
import { dayForInput, lastDayOf, untilOfLastDay } from '@/app/w/_members/last-day'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import type { MemberView } from '@/lib/views/workspace'

interface EndDateDialogProps {
  member: MemberView
  acts: MemberActs
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The last day of a membership, or none. */
export function EndDateDialog(props: EndDateDialogProps) {
  return (
    <Dialog
      size="sm"
      open={props.open}
      onOpenChange={props.onOpenChange}
      title={`How long ${props.member.person.name} takes part`}
    >
      {props.open ? <EndDateForm {...props} /> : null}
    </Dialog>
  )
}

function EndDateForm({ member, acts, onOpenChange }: EndDateDialogProps) {
  const [day, setDay] = useState(member.until === null ? '' : lastDayOf(member.until))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await acts.change(member, member.role, untilOfLastDay(day))
      onOpenChange(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="Last day" hint="Access ends by itself at the end of this day, your time. Empty: no end.">
        {(control) => (
          <Input
            {...control}
            type="date"
            min={dayForInput(new Date())}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        {day === '' ? null : <Button onClick={() => setDay('')}>No end</Button>}
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  )
}
