'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { ColleagueSearch } from '@/app/_organisation/people/colleague-search'
import { endOfDay } from '@/app/_sharing/rows/until-input'
import type { GroupView } from '@/lib/views/organisation'

interface AddToGroupProps {
  group: GroupView
  onClose: () => void
  onChanged: () => Promise<unknown>
}

/** Puts colleagues into a group, one after the other, each until a last day or for good. */
export function AddToGroup({ group, onClose, onChanged }: AddToGroupProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`Add people to ${group.name}`}
      description="Only people of your own organisation. They gain what the group was given, at once."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <Picker group={group} onChanged={onChanged} />
    </Dialog>
  )
}

function Picker({ group, onChanged }: { group: GroupView; onChanged: () => Promise<unknown> }) {
  const [day, setDay] = useState('')
  const add = useMutation(useApi().groups.addPerson.mutationOptions({ onSuccess: onChanged }))
  const inside = new Set(group.people.map(({ id }) => id))
  return (
    <div className="flex flex-col gap-4">
      <Field
        label="Last day"
        hint="They leave the group by themselves at the end of this day. Empty: no end."
      >
        {(control) => (
          <Input {...control} type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        )}
      </Field>
      <ColleagueSearch
        action={({ id, name }) => (
          <Button
            size="sm"
            aria-label={`Add ${name}`}
            busy={add.isPending && add.variables.personId === id}
            disabledWhy={inside.has(id) ? `${name} is in it already.` : null}
            onClick={() =>
              add.mutate(
                { groupId: group.id, personId: id, until: endOfDay(day) },
                { onSuccess: () => announce(`${name} is in ${group.name}.`) },
              )
            }
          >
            {inside.has(id) ? 'In it' : 'Add'}
          </Button>
        )}
      />
      {add.error ? <ProblemView problem={problemOf(add.error)} /> : null}
    </div>
  )
}
