'use client'

import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { SearchInput } from '@/app/_components/controls/search-input'
import { Select } from '@/app/_components/controls/select'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { Dialog } from '@/app/_components/overlays/dialog'
import { type Problem, problemOf } from '@/app/_data/problem'
import { dayForInput, untilOfLastDay } from '@/app/w/_members/last-day'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import type { Id } from '@/lib/ids'
import { ROLES, type Role } from '@/lib/policy/vocabulary'
import type { AgencyView } from '@/lib/views/person'
import type { MembersView } from '@/lib/views/workspace'

interface AddMembersProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  view: MembersView
  org: AgencyView
  acts: MemberActs
}

/** Adds people of my own agency: who, in which role, until when. */
export function AddMembers(props: AddMembersProps) {
  const { open, onOpenChange, view, org } = props
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Add people of ${org.name}`}
      description={
        view.candidates.length === 0
          ? `Everyone of ${org.name} who has an account is here already. An administrator of ${org.name} can create accounts.`
          : 'Other agencies choose their own people.'
      }
    >
      {open && view.candidates.length > 0 ? <AddForm {...props} /> : null}
    </Dialog>
  )
}

const OPTIONS = ROLES.map((role) => ({
  value: role,
  label: `${ROLE_WORDS[role].name}: ${ROLE_WORDS[role].means.toLowerCase()}`,
}))

function AddForm({ view, acts, onOpenChange }: AddMembersProps) {
  const [words, setWords] = useState('')
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [role, setRole] = useState<Role>('editor')
  const [day, setDay] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const wanted = words.trim().toLowerCase()
  const shown = view.candidates.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
  const people = view.candidates.filter(({ id }) => chosen.has(id))
  const toggle = (id: Id) => {
    const next = new Set(chosen)
    if (!next.delete(id)) next.add(id)
    setChosen(next)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await acts.add(people, role, untilOfLastDay(day))
      onOpenChange(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <fieldset className="flex flex-col gap-2">
        <legend className="pb-1 font-medium text-sm">Who</legend>
        {view.candidates.length > 6 ? (
          <SearchInput
            aria-label="Find people by name or e-mail"
            placeholder="Find by name or e-mail"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        ) : null}
        <div className="flex max-h-56 flex-col gap-2.5 overflow-y-auto rounded-md border p-3">
          {shown.map(({ id, name, email }) => (
            <Checkbox
              key={id}
              label={name}
              hint={email}
              checked={chosen.has(id)}
              onChange={() => toggle(id)}
            />
          ))}
          {shown.length === 0 ? <p className="text-muted-foreground">Nobody matches.</p> : null}
        </div>
      </fieldset>
      <Field label="Role">
        {(control) => (
          <Select
            {...control}
            value={role}
            options={OPTIONS}
            onChange={(event) => setRole(event.target.value as Role)}
          />
        )}
      </Field>
      <Field label="Last day" hint="Access ends by itself at the end of this day. Empty: no end.">
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
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabledWhy={people.length === 0 ? 'Choose at least one person.' : null}
        >
          {people.length > 1 ? `Add ${people.length} people` : 'Add'}
        </Button>
      </div>
    </form>
  )
}
