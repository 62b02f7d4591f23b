'use client'

import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { type Problem, problemOf } from '@/app/_data/problem'

interface TitleDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  heading: string
  /** "Title", "Name of the workspace". */
  label: string
  hint?: ReactNode
  /** The title now; empty for something new. */
  title?: string
  /** "Create", "Rename". */
  confirmLabel: string
  /** Closes the window when it resolves; shows the problem in it when it rejects. */
  onConfirm: (title: string) => Promise<unknown>
}

/** Asks for one title: for what is new and for what is renamed. */
export function TitleDialog(props: TitleDialogProps) {
  return (
    <Dialog size="md" open={props.open} onOpenChange={props.onOpenChange} title={props.heading}>
      {props.open ? <TitleForm {...props} /> : null}
    </Dialog>
  )
}

function TitleForm({ onOpenChange, label, hint, title = '', confirmLabel, onConfirm }: TitleDialogProps) {
  const id = useId()
  const [typed, setTyped] = useState(title)
  const [empty, setEmpty] = useState(false)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const wanted = typed.trim()
    if (wanted === '') return setEmpty(true)
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm(wanted)
      onOpenChange(false)
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form id={id} onSubmit={submit} className="flex flex-col gap-4">
      <Field label={label} hint={hint} problem={empty ? 'Type a title first.' : undefined}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            maxLength={200}
            value={typed}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => {
              setTyped(event.target.value)
              setEmpty(false)
            }}
          />
        )}
      </Field>
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  )
}
