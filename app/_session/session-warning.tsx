'use client'

import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { Dialog } from '@/app/_components/overlays/dialog'
import { inWords } from '@/app/_session/session-phase'

interface SessionWarningProps {
  by: 'idle' | 'absolute'
  /** Milliseconds. */
  left: number
  busy: boolean
  failed: boolean
  onStay: () => void
  onLeave: () => void
}

/** Two minutes before the end. The idle limit can be moved; the absolute one cannot, and the window says so. */
export function SessionWarning({ by, left, busy, failed, onStay, onLeave }: SessionWarningProps) {
  const [closed, setClosed] = useState(false)
  const idle = by === 'idle'
  return (
    <Dialog
      role="alertdialog"
      size="sm"
      open={!closed}
      onOpenChange={() => {
        // Closing the question about idleness is an answer to it: somebody is there.
        if (idle) onStay()
        else setClosed(true)
      }}
      title={idle ? 'Are you still there?' : 'You will be signed out soon'}
      description={
        idle
          ? 'Nothing was typed or clicked for a while, so you are about to be signed out.'
          : 'Every session ends after some hours, however busy it is. What is marked as saved stays saved; you can sign in again at once.'
      }
      footer={
        <>
          <Button onClick={onLeave}>Sign out now</Button>
          {idle ? (
            <Button variant="primary" autoFocus busy={busy} onClick={onStay}>
              Stay signed in
            </Button>
          ) : (
            <Button variant="primary" autoFocus onClick={() => setClosed(true)}>
              Go on until then
            </Button>
          )}
        </>
      }
    >
      <p>
        Time left: <strong className="tabular-nums">{inWords(left)}</strong>
      </p>
      {failed ? (
        <Notice tone="danger" role="alert" className="mt-3">
          The server could not be reached. Check your connection and try again.
        </Notice>
      ) : null}
    </Dialog>
  )
}
