'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Select, type SelectOption } from '@/app/_components/controls/select'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { PlaceHoldDialog } from '@/app/_holds/place-hold-dialog'
import type { Id } from '@/lib/ids'

interface Subject extends SelectOption {
  /** As the window's title calls it. */
  name: string
}

const WHOLE: Subject = { value: '', label: 'This workspace: its whole record', name: 'this workspace' }

interface PlaceHoldHereProps {
  workspaceId: Id
  onClose: () => void
  /** Closes the window when it resolves. */
  onPlaced: () => Promise<unknown>
}

/** Asks what is to be held: all of the workspace, one agency, or one person; and why. */
export function PlaceHoldHere({ workspaceId, onClose, onPlaced }: PlaceHoldHereProps) {
  const api = useApi()
  const [on, setOn] = useState('')
  const choices = useQuery(
    api.record.choices.queryOptions({ workspaceId }, { staleTime: Number.POSITIVE_INFINITY }),
  )
  const place = useMutation(api.holds.placeHere.mutationOptions())
  const subjects: Subject[] = [
    WHOLE,
    ...(choices.data?.orgs ?? []).map(({ id, name }) => ({
      value: `org ${id}`,
      label: name,
      group: 'Agencies',
      name,
    })),
    ...(choices.data?.people ?? []).map(({ id, name, orgShortCode }) => ({
      value: `person ${id}`,
      label: `${name} (${orgShortCode})`,
      group: 'People',
      name,
    })),
  ]
  const [kind, id = null] = on.split(' ')
  return (
    <PlaceHoldDialog
      subject={subjects.find(({ value }) => value === on)?.name ?? WHOLE.name}
      onClose={onClose}
      onPlace={async (reason) => {
        await place.mutateAsync({
          workspaceId,
          personId: kind === 'person' ? id : null,
          orgId: kind === 'org' ? id : null,
          reason,
        })
        await onPlaced()
      }}
    >
      <Field
        label="What is held"
        hint="Of a person or an agency: nobody whom it concerns is erased, and no month of this record is dropped."
      >
        {(control) => (
          <Select {...control} value={on} onChange={({ target }) => setOn(target.value)} options={subjects} />
        )}
      </Field>
      {choices.error ? <ProblemView problem={problemOf(choices.error)} /> : null}
    </PlaceHoldDialog>
  )
}
