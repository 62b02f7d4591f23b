'use client'

import { type ChangeEvent, type DragEvent, useRef, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { Notice } from '@/app/_components/feedback/notice'
import { checkFile } from '@/app/_verify/check-file'
import { ReportView } from '@/app/_verify/report-view'
import type { SavedHeads, VerifierReport } from '@/lib/verifier/verify.mjs'

type State =
  | { at: 'start' }
  | { at: 'checking'; name: string; share: number }
  | { at: 'done'; name: string; report: VerifierReport }
  | { at: 'stopped'; why: string }

/** The browser's own control, its button as ours. */
const FILE =
  'max-w-full text-muted-foreground file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-input file:border-solid file:bg-card file:px-3 file:font-medium file:text-foreground hover:file:bg-accent'

/** Drop or choose a bundle, and see what holds. */
export function VerifyScreen() {
  const [state, setState] = useState<State>({ at: 'start' })
  const [saved, setSaved] = useState<{ name: string; heads: SavedHeads } | null>(null)
  const under = useRef<AbortController | null>(null)

  const check = async (file: File) => {
    under.current?.abort()
    const controller = new AbortController()
    under.current = controller
    const onProgress = (share: number) => setState({ at: 'checking', name: file.name, share })
    onProgress(0)
    try {
      const report = await checkFile(file, {
        saved: saved?.heads ?? null,
        signal: controller.signal,
        onProgress,
      })
      setState({ at: 'done', name: file.name, report })
    } catch {
      if (!controller.signal.aborted)
        setState({ at: 'stopped', why: 'The file could not be read. Choose it again.' })
    }
  }
  const cancel = () => {
    under.current?.abort()
    setState({ at: 'start' })
    announce('Cancelled')
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    const [file] = event.dataTransfer.files
    if (file !== undefined) void check(file)
  }
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (file !== undefined) void check(file)
    event.target.value = ''
  }
  const goOnFrom = async (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? []
    if (file === undefined) return
    const heads = headsIn(await file.text())
    if (heads === null) setState({ at: 'stopped', why: `${file.name} holds no heads that were saved here.` })
    else setSaved({ name: file.name, heads })
  }

  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <label
          onDragOver={(event) => event.preventDefault()}
          onDrop={drop}
          className="flex cursor-pointer flex-col gap-2 rounded-lg border-2 border-dashed p-5 focus-within:border-primary hover:border-primary"
        >
          <span className="font-semibold">Choose a bundle, or drop it here</span>
          <input type="file" accept=".jsonl,application/jsonl" onChange={choose} className={FILE} />
        </label>
        <label className="flex flex-col gap-2 rounded-lg border p-5">
          <span className="font-semibold">Heads that you saved last time (optional)</span>
          <input type="file" accept=".json,application/json" onChange={goOnFrom} className={FILE} />
          {saved === null ? null : <span>The next bundle must go on from {saved.name}.</span>}
        </label>
      </div>
      {state.at === 'checking' ? (
        <div className="flex flex-wrap items-center gap-4">
          <progress aria-label={`Checking ${state.name}`} value={state.share} className="min-w-40 flex-1" />
          <span className="tabular-nums">{Math.floor(state.share * 100)} %</span>
          <Button variant="secondary" onClick={cancel}>
            Cancel
          </Button>
        </div>
      ) : null}
      {state.at === 'stopped' ? (
        <Notice tone="danger" role="alert">
          {state.why}
        </Notice>
      ) : null}
      {state.at === 'done' ? <ReportView name={state.name} report={state.report} /> : null}
    </div>
  )
}

const headsIn = (text: string): SavedHeads | null => {
  try {
    const value = JSON.parse(text) as SavedHeads
    return value.v === 1 && typeof value.trees === 'object' && Array.isArray(value.keys) ? value : null
  } catch {
    return null
  }
}
