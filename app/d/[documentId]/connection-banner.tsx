'use client'

import { useEffect, useState } from 'react'
import { Notice } from '@/app/_components/feedback/notice'
import type { Problem } from '@/app/_data/problem'
import { useAnyLost, useAnyUnsaved } from '@/app/_editor/live-sections-provider'

/** A blip shorter than this is nobody's business. */
const PATIENCE_MS = 700
const BACK_FOR_MS = 5_000

type Shown = 'nothing' | 'lost' | 'back'

/** Says in full width when the connection is lost and when it is back. Sticks below the label bar. */
export function ConnectionBanner({ problem }: { problem: Problem | null }) {
  const lost = useAnyLost() || problem?.code === 'offline'
  const unsaved = useAnyUnsaved()
  const [shown, setShown] = useState<Shown>('nothing')
  useEffect(() => {
    if (lost) {
      const timer = setTimeout(() => setShown('lost'), PATIENCE_MS)
      return () => clearTimeout(timer)
    }
    setShown((last) => (last === 'lost' ? 'back' : last))
    const timer = setTimeout(() => setShown((last) => (last === 'back' ? 'nothing' : last)), BACK_FOR_MS)
    return () => clearTimeout(timer)
  }, [lost])

  return (
    <div role="status" className="sticky top-[calc(var(--header-height,0px)+1.5rem)] z-20">
      {shown === 'lost' ? (
        <Notice tone="warn" title="Connection lost" className="rounded-none border-x-0">
          What you type is kept here and sent when it is back. Do not close this page.
        </Notice>
      ) : null}
      {shown === 'back' ? (
        <Notice tone="success" title="Connected again" className="rounded-none border-x-0">
          {unsaved ? 'Sending what you typed meanwhile …' : 'Everything you typed is saved.'}
        </Notice>
      ) : null}
      {shown !== 'lost' && problem !== null && problem.code !== 'offline' ? (
        <Notice tone="warn" title="This page may be out of date" className="rounded-none border-x-0">
          {problem.forPeople}
        </Notice>
      ) : null}
    </div>
  )
}
