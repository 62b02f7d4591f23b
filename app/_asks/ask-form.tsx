'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { type Wanted, wantedAbove } from '@/app/_asks/wanted'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { Select } from '@/app/_components/controls/select'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { dayOfEnd, endOfDay } from '@/app/_sharing/rows/until-input'
import type { Id } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'

interface AskFormProps {
  askedFor: Id
  /** What the asker can do already; none for who knows nothing of it. */
  have?: Level
  level?: Wanted
  onAsked: () => void
}

/** What somebody needs, what for and until when. It says the same whatever the id names. */
export function AskForm({ askedFor, have = 'none', level: first = 'read', onAsked }: AskFormProps) {
  const api = useApi()
  const client = useQueryClient()
  const [level, setLevel] = useState<Wanted>(first)
  const [reason, setReason] = useState('')
  const [day, setDay] = useState('')
  const ask = useMutation(
    api.requests.ask.mutationOptions({
      onSuccess: () => {
        // That it is asked for does not wait for the lists that show it.
        onAsked()
        void client.invalidateQueries({ queryKey: api.requests.pathKey() })
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!ask.isPending) ask.mutate({ askedFor, level, reason, until: endOfDay(day) })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field label="What you need">
        {(control) => (
          <Select
            {...control}
            value={level}
            options={wantedAbove(have)}
            onChange={(event) => setLevel(event.target.value as Wanted)}
          />
        )}
      </Field>
      <Field label="What you need it for" hint="Those who decide read this. It is not kept in the record.">
        {(control) => (
          <TextArea
            {...control}
            rows={3}
            required
            maxLength={2_000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <Field label="Last day you need it" hint="Empty: no end.">
        {(control) => (
          <Input
            {...control}
            type="date"
            min={dayOfEnd(new Date().toISOString())}
            value={day}
            onChange={(event) => setDay(event.target.value)}
          />
        )}
      </Field>
      {ask.error ? <ProblemView problem={problemOf(ask.error)} /> : null}
      <p>
        <Button type="submit" variant="primary" busy={ask.isPending}>
          Ask for access
        </Button>
      </p>
    </form>
  )
}
