'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Dialog } from '@/app/_components/overlays/dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { PasswordField } from '@/app/_session/password-field'

interface FreshProof {
  /** True if the refusal can be cured by entering the password again: the window opens, and `again` runs once it was right. */
  asks: (error: unknown, again: () => void) => boolean
  /** Put it into the page: the window, when it is open. */
  window: ReactNode
}

/** Acts that a screen left open must not do ask for the password again, and then go on with what was meant. */
export const useFreshProof = (): FreshProof => {
  const [waiting, setWaiting] = useState<{ again: () => void } | null>(null)
  return {
    asks: (error, again) => {
      if (!problemOf(error).confirm) return false
      setWaiting({ again })
      return true
    },
    window:
      waiting === null ? null : (
        <ConfirmIdentity
          onCancel={() => setWaiting(null)}
          onDone={() => {
            setWaiting(null)
            waiting.again()
          }}
        />
      ),
  }
}

function ConfirmIdentity({ onCancel, onDone }: { onCancel: () => void; onDone: () => void }) {
  const [password, setPassword] = useState('')
  const confirm = useMutation(useApi().me.confirm.mutationOptions({ onSuccess: onDone }))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (!confirm.isPending) confirm.mutate({ password })
  }
  return (
    <Dialog
      open
      size="sm"
      onOpenChange={onCancel}
      title="Enter your password again"
      description="This cannot be taken back lightly, so it needs a fresh proof that it is you. It holds for five minutes."
      footer={
        <>
          <Button onClick={onCancel}>Cancel</Button>
          <Button variant="primary" type="submit" form="confirm-identity" busy={confirm.isPending}>
            Confirm
          </Button>
        </>
      }
    >
      <form id="confirm-identity" onSubmit={onSubmit}>
        <PasswordField
          label="Password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
          problem={confirm.error ? problemOf(confirm.error).forPeople : null}
        />
      </form>
    </Dialog>
  )
}
