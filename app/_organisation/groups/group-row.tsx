'use client'

import { useMutation } from '@tanstack/react-query'
import { Pencil, UserRoundPlus, X } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { IconButton } from '@/app/_components/controls/icon-button'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Time } from '@/app/_components/marks/time'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { TitleDialog } from '@/app/_components/overlays/title-dialog'
import { useApi } from '@/app/_data/use-api'
import { Row } from '@/app/account/section'
import type { GroupView } from '@/lib/views/organisation'

const addToGroup = later(() => import('@/app/_organisation/groups/add-to-group'))

interface GroupRowProps {
  group: GroupView
  canChange: boolean
  onChanged: () => Promise<unknown>
}

/** One group with its people; who may change it puts people in and takes them out. */
export function GroupRow({ group, canChange, onChanged }: GroupRowProps) {
  const api = useApi()
  const [open, setOpen] = useState<'rename' | 'add' | null>(null)
  const adding = useLater(addToGroup, open === 'add', () => setOpen(null))
  const { id: groupId, name, people } = group
  const told = { onSuccess: onChanged, onError: toastProblem }
  const rename = useMutation(api.groups.rename.mutationOptions({ onSuccess: onChanged }))
  const putBack = useMutation(api.groups.addPerson.mutationOptions(told))
  const remove = useMutation(api.groups.removePerson.mutationOptions(told))
  const takeOut = (person: GroupView['people'][number]) =>
    remove.mutate(
      { groupId, personId: person.id },
      {
        onSuccess: () =>
          toast({
            text: `${person.name} is out of ${name}.`,
            undo: () => putBack.mutate({ groupId, personId: person.id, until: person.until }),
          }),
      },
    )
  return (
    <Row
      actions={
        canChange ? (
          <>
            <Button size="sm" aria-label={`Add people to ${name}`} onClick={() => setOpen('add')}>
              <UserRoundPlus aria-hidden /> Add
            </Button>
            <IconButton label={`Rename ${name}`} icon={<Pencil />} onClick={() => setOpen('rename')} />
          </>
        ) : null
      }
    >
      <p className="break-words font-medium">{name}</p>
      {people.length === 0 ? (
        <p className="text-muted-foreground text-sm">Nobody is in it.</p>
      ) : (
        <ul aria-label={`People of ${name}`} className="mt-1 flex flex-wrap gap-1.5">
          {people.map((person) => (
            <li
              key={person.id}
              className="flex min-h-7 items-center gap-1 rounded-full border bg-background pr-1 pl-2.5 text-sm"
            >
              <span className="break-words">
                {person.name}
                {person.suspended ? <span className="text-destructive"> (suspended)</span> : null}
                {person.until === null ? null : (
                  <span className="text-muted-foreground">
                    {' '}
                    until <Time at={person.until} as="day" />
                  </span>
                )}
              </span>
              {canChange ? (
                <IconButton
                  label={`Take ${person.name} out of ${name}`}
                  icon={<X />}
                  className="size-6! rounded-full"
                  onClick={() => takeOut(person)}
                />
              ) : (
                <span className="w-1.5" />
              )}
            </li>
          ))}
        </ul>
      )}
      <TitleDialog
        open={open === 'rename'}
        onOpenChange={() => setOpen(null)}
        heading={`Rename ${name}`}
        label="Name of the group"
        hint="Boundaries go on naming it: nobody’s access changes."
        title={name}
        confirmLabel="Rename"
        onConfirm={(next) => rename.mutateAsync({ groupId, name: next })}
      />
      {adding && open === 'add' ? (
        <adding.AddToGroup group={group} onClose={() => setOpen(null)} onChanged={onChanged} />
      ) : null}
    </Row>
  )
}
