'use client'

import { useQuery } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { Dialog } from '@/app/_components/overlays/dialog'
import { CopyPreviewView } from '@/app/_copies/copy-preview'
import { type Problem, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { CopyPlan } from '@/lib/views/copies'

interface CopyDialogProps {
  heading: string
  description: string
  confirmLabel: string
  /** Null until it is known where to. */
  plan: CopyPlan | null
  /** Of what is made; null where nothing gets a new title. */
  title: string | null
  /** What else must be chosen, above the preview. */
  children?: ReactNode
  /** Why it cannot be confirmed yet, besides what the preview says. */
  notYet?: string | null
  /** Closes the window when it resolves; shows the problem in it when it rejects. */
  onConfirm: (chosen: { title: string; reason: string }) => Promise<unknown>
  onClose: () => void
}

/** One window for copy, move, split, merge and duplicate: what comes of it is shown before it is confirmed. */
export function CopyDialog(props: CopyDialogProps) {
  return (
    <Dialog open size="md" onOpenChange={props.onClose} title={props.heading} description={props.description}>
      <CopyForm {...props} />
    </Dialog>
  )
}

function CopyForm({
  plan,
  children,
  notYet = null,
  confirmLabel,
  onConfirm,
  onClose,
  ...given
}: CopyDialogProps) {
  const [title, setTitle] = useState(given.title ?? '')
  const [reason, setReason] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const query = useQuery(
    useApi().copies.preview.queryOptions(plan ?? NOTHING, {
      enabled: plan !== null,
      retry: false,
      staleTime: 0,
    }),
  )
  const preview = plan === null ? undefined : query.data
  const asksReason = preview?.asksReason === true
  const why = () => {
    if (notYet !== null) return notYet
    if (preview === undefined) return 'Wait until it is worked out.'
    if (preview.why !== null) return preview.why
    if (given.title !== null && title.trim() === '') return 'Type a title first.'
    return asksReason && reason.trim() === '' ? 'Say why: its marking asks for a reason.' : null
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (why() !== null) return
    setBusy(true)
    setProblem(null)
    try {
      await onConfirm({ title: title.trim(), reason: reason.trim() })
      onClose()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      {children}
      {given.title === null ? null : (
        <Field label="Title">
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={200}
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
      )}
      {plan === null ? null : (
        <CopyPreviewView preview={preview} problem={query.error ? problemOf(query.error) : null} />
      )}
      {asksReason ? (
        <Field label="Reason" hint="Its marking asks for one. It goes on record.">
          {(control) => (
            <TextArea
              {...control}
              maxLength={2_000}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      {problem ? <ProblemView problem={problem} /> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" variant="primary" busy={busy} disabledWhy={why()}>
          {confirmLabel}
        </Button>
      </div>
    </form>
  )
}

/** Never asked: stands in while there is no plan. */
const NOTHING: CopyPlan = { how: 'duplicate', documentId: '00000000-0000-7000-8000-000000000000' }
