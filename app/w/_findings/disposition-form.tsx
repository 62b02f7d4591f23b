'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { STATE_WORDS } from '@/app/w/_findings/state-words'
import { FINDING_STATES, type FindingState } from '@/lib/audit/findings/finding-rules'
import type { Id } from '@/lib/ids'
import type { FindingView } from '@/lib/views/figures/finding'

/** What the auditor makes of it, and why: on record, the words beside it. */
export function DispositionForm({ workspaceId, finding }: { workspaceId: Id; finding: FindingView }) {
  const api = useApi()
  const client = useQueryClient()
  const [state, setState] = useState<FindingState>(finding.state === 'open' ? 'expected' : finding.state)
  const [note, setNote] = useState('')
  const dispose = useMutation(
    api.record.disposeFinding.mutationOptions({
      onSuccess: async () => {
        toast({ text: `Put down as “${STATE_WORDS[state].label}”. It is on record.` })
        await Promise.all([
          client.invalidateQueries({ queryKey: api.record.findings.pathKey() }),
          client.invalidateQueries({ queryKey: api.record.finding.pathKey() }),
        ])
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!dispose.isPending) dispose.mutate({ workspaceId, findingId: finding.id, state, note })
  }
  return (
    <form onSubmit={submit} className="mt-3 flex flex-col gap-3">
      <Field label="What it is" hint={STATE_WORDS[state].means}>
        {(control) => (
          <Select
            {...control}
            className="max-w-56"
            value={state}
            onChange={({ target }) => setState(target.value as FindingState)}
            options={FINDING_STATES.map((value) => ({ value, label: STATE_WORDS[value].label }))}
          />
        )}
      </Field>
      <Field
        label="Why"
        hint="Other auditors read it. It stands beside the record and can be erased; if the same happens again, the finding is open again."
      >
        {(control) => (
          <TextArea
            {...control}
            required
            rows={3}
            maxLength={2_000}
            value={note}
            onChange={({ target }) => setNote(target.value)}
          />
        )}
      </Field>
      {dispose.error ? <ProblemView problem={problemOf(dispose.error)} /> : null}
      <div>
        <Button type="submit" variant="primary" busy={dispose.isPending}>
          Put it on record
        </Button>
      </div>
    </form>
  )
}
