'use client'

import { useMutation } from '@tanstack/react-query'
import { Siren } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

interface GlassBannerProps {
  look: { id: Id; until: string }
  originator: string
  onEnded: () => void
}

/** Stands above a section for as long as it is open in an emergency: how long still, and how to end it now. */
export function GlassBanner({ look, originator, onEnded }: GlassBannerProps) {
  const api = useApi()
  const end = useMutation(
    api.breakGlass.end.mutationOptions({ onSettled: onEnded, onError: (error) => toastProblem(error) }),
  )
  const left = useSecondsLeft(look.until)
  return (
    <section
      aria-label="Emergency access"
      className="my-3 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-destructive px-3 py-2 text-destructive-foreground"
    >
      <Siren aria-hidden className="size-5 shrink-0" />
      <p className="min-w-48 flex-1">
        <strong className="font-semibold">Glass broken: you read this in an emergency.</strong> {originator}{' '}
        has been told. Read only; nothing may be copied, printed or exported.
      </p>
      <span role="timer" className="font-semibold tabular-nums">
        {left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')} left` : 'ending'}
      </span>
      <Button size="sm" busy={end.isPending} onClick={() => end.mutate({ breakGlassId: look.id })}>
        End now
      </Button>
    </section>
  )
}

const useSecondsLeft = (until: string): number => {
  const [left, setLeft] = useState(() => secondsUntil(until))
  useEffect(() => {
    const timer = setInterval(() => setLeft(secondsUntil(until)), 1_000)
    return () => clearInterval(timer)
  }, [until])
  return left
}

const secondsUntil = (until: string): number =>
  Math.max(0, Math.ceil((Date.parse(until) - Date.now()) / 1000))
