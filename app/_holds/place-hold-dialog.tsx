'use client'

import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { type Problem, problemOf } from '@/app/_data/problem'

interface PlaceHoldDialogProps {
  /** What it is on: null closes the window. */
  subject: string | null
  onClose: () => void
  /** Closes the window when it resolves; shows the problem in it when it rejects. */
  onPlace: (reason: string) => Promise<unknown>
  children?: ReactNode
}

/** Asks why, before something is held back from erasure and dropping. */
export function PlaceHoldDialog({ subject, onClose, onPlace, children }: PlaceHoldDialogProps) {
  const id = useId()
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const close = () => {
    setReason('')
    setProblem(null)
    onClose()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setProblem(null)
    try {
      await onPlace(reason)
      close()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Dialog
      open={subject !== null}
      size="md"
      onOpenChange={close}
      title={`Place a legal hold on ${subject ?? ''}?`}
      description="Nothing of it is erased or dropped until two people have lifted the hold."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button variant="primary" type="submit" form={id} busy={busy}>
            Place the hold
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4">
        {children}
        <Field label="Why" hint="Whoever wants to lift it reads this. A file number is enough.">
          {(control) => (
            <TextArea
              {...control}
              rows={3}
              maxLength={2000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {problem ? <ProblemView problem={problem} /> : null}
      </form>
    </Dialog>
  )
}
