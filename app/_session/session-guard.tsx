'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useApi } from '@/app/_data/use-api'
import { goToSignIn, SESSION_CHANNEL, type SessionNews, signOut, tellOtherTabs } from '@/app/_session/leave'
import { type Limits, limitsHere, phaseOf } from '@/app/_session/session-phase'
import { SessionWarning } from '@/app/_session/session-warning'
import { useActivity } from '@/app/_session/use-activity'
import type { MeView } from '@/lib/views/person'

/**
 * On every page behind sign-in: keeps the session alive while the person works, warns two minutes before it ends, and
 * leaves when it is over, so that nothing stays on a screen that nobody watches.
 */
export function SessionGuard({ me }: { me: Pick<MeView, 'sessionId' | 'idleEndsAt' | 'endsAt' | 'now'> }) {
  const { sessionId } = me
  const api = useApi()
  const [limits, setLimits] = useState<Limits | null>(null)
  const [now, setNow] = useState(0)
  const keepAlive = useMutation(
    api.me.keepAlive.mutationOptions({
      onSuccess: (view) => {
        setLimits(limitsHere(view, Date.now()))
        tellOtherTabs({ kind: 'limits', sessionId, ...view })
      },
    }),
  )
  const phase = limits === null ? null : phaseOf(limits, now)

  useEffect(() => {
    const { idleEndsAt, endsAt, now: serverNow } = me
    setLimits(limitsHere({ idleEndsAt, endsAt, now: serverNow }, Date.now()))
    setNow(Date.now())
  }, [me])

  useEffect(() => {
    if (limits === null) return
    const { phase, by, next } = phaseOf(limits, now)
    if (phase === 'over') {
      // The server would end it as well; asking it clears the cookie and makes sure that both agree.
      void signOut(sessionId, by)
      return
    }
    const timer = setTimeout(() => setNow(Date.now()), next)
    return () => clearTimeout(timer)
  }, [limits, now, sessionId])

  useEffect(() => {
    const channel = new BroadcastChannel(SESSION_CHANNEL)
    channel.onmessage = ({ data }: MessageEvent<SessionNews>) => {
      if (data.sessionId !== sessionId) return
      if (data.kind === 'over') return goToSignIn(data.reason)
      setLimits(limitsHere(data, Date.now()))
      setNow(Date.now())
    }
    return () => channel.close()
  }, [sessionId])

  useActivity(phase?.phase === 'fine', () => keepAlive.mutate())

  if (phase?.phase !== 'warning') return null
  return (
    <SessionWarning
      by={phase.by}
      left={phase.endsAt - now}
      busy={keepAlive.isPending}
      failed={keepAlive.isError}
      onStay={() => keepAlive.mutate(undefined, { onSuccess: () => setNow(Date.now()) })}
      onLeave={() => void signOut(sessionId)}
    />
  )
}
