'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Time } from '@/app/_components/marks/time'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { deviceWords } from '@/app/account/device-words'
import { Row, Section } from '@/app/account/section'
import type { SessionView } from '@/lib/views/person'

/** Where I am signed in, this device first; each can be ended at once. */
export function SessionsCard({ initial }: { initial: SessionView[] }) {
  const api = useApi()
  const { data: sessions, refetch } = useQuery(
    api.me.sessions.queryOptions(undefined, { initialData: initial }),
  )
  const [asking, setAsking] = useState(false)
  const done = async (text: string) => {
    setAsking(false)
    await refetch()
    announce(text)
  }
  const end = useMutation(
    api.me.endSession.mutationOptions({ onSuccess: () => done('Signed out there.'), onError: toastProblem }),
  )
  const endOthers = useMutation(
    api.me.endOtherSessions.mutationOptions({
      onSuccess: ({ ended }) => done(`Signed out of ${ended} other ${ended === 1 ? 'session' : 'sessions'}.`),
    }),
  )
  const others = sessions.filter((session) => !session.current)
  return (
    <Section
      title="Where you are signed in"
      about="If you do not know one of these, sign it out and tell an administrator of your organisation."
      action={
        <Button
          disabledWhy={others.length === 0 ? 'You are signed in on this device only.' : null}
          onClick={() => setAsking(true)}
        >
          Sign out the others
        </Button>
      }
    >
      {sessions.map((session) => (
        <Row
          key={session.id}
          actions={
            session.current ? (
              <span className="rounded-full bg-primary-soft px-2 py-0.5 font-medium text-primary text-sm">
                This device
              </span>
            ) : (
              <Button
                size="sm"
                aria-label={`Sign out ${deviceWords(session.userAgent)}`}
                busy={end.isPending && end.variables.sessionId === session.id}
                onClick={() => end.mutate({ sessionId: session.id })}
              >
                Sign out
              </Button>
            )
          }
        >
          <p className="flex items-center gap-2 font-medium">
            <MonitorSmartphone aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            {deviceWords(session.userAgent)}
          </p>
          <p className="break-words text-muted-foreground text-sm">
            {session.address} · signed in <Time at={session.createdAt} /> · last active{' '}
            <Time at={session.lastSeenAt} as="since" />
          </p>
        </Row>
      ))}
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={`Sign out of ${others.length} other ${others.length === 1 ? 'session' : 'sessions'}?`}
        confirmLabel="Sign out the others"
        danger
        busy={endOthers.isPending}
        onConfirm={() => endOthers.mutate()}
        problem={endOthers.error ? <ProblemView problem={problemOf(endOthers.error)} /> : null}
      >
        <p>They end at once. What is not marked as saved there may be lost. This device stays signed in.</p>
      </ConfirmDialog>
    </Section>
  )
}
