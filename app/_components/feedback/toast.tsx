'use client'

import { CircleAlert, CircleCheck, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'

export interface Toast {
  text: string
  tone?: 'done' | 'problem'
  /** Takes it back. The button disappears with the toast, after `seconds`. */
  undo?: () => void
  /** How long it stays; longer with Undo. Hovering or focusing holds it. */
  seconds?: number
}

type Shown = Toast & { key: number }
const listeners = new Set<(toast: Shown) => void>()
let last = 0

/** Shows a short message at the bottom. For what has happened; what must be read or decided belongs in a dialog. */
export const toast = (message: Toast): void => {
  last += 1
  for (const listener of listeners) listener({ ...message, key: last })
}

/** Where toasts appear; in the root layout. Three at most, the oldest goes first. */
export function Toaster() {
  const [toasts, setToasts] = useState<Shown[]>([])
  useEffect(() => {
    const show = (added: Shown) => setToasts((before) => [...before.slice(-2), added])
    listeners.add(show)
    return () => {
      listeners.delete(show)
    }
  }, [])
  const close = (key: number) => setToasts((before) => before.filter((one) => one.key !== key))
  return (
    // What stands at the foot of the window (data-foot) is to be used now: then they come from above.
    <section
      aria-label="Messages"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-60 p-4 in-[body:has([data-foot])]:top-12 in-[body:has([data-foot])]:bottom-auto"
    >
      <div role="status" aria-live="polite" className="mx-auto flex max-w-md flex-col gap-2">
        {toasts.map((one) => (
          <ToastItem key={one.key} toast={one} onClose={() => close(one.key)} />
        ))}
      </div>
    </section>
  )
}

function ToastItem({ toast, onClose }: { toast: Toast; onClose: () => void }) {
  const [held, setHeld] = useState(false)
  const seconds = toast.seconds ?? (toast.undo ? 10 : 6)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(onClose, seconds * 1000)
    return () => clearTimeout(timer)
  }, [held, seconds, onClose])
  const Icon = toast.tone === 'problem' ? CircleAlert : CircleCheck
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: resting on it holds it; nothing here is done by it
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex animate-toast-in items-center gap-2 rounded-lg bg-popover py-2 pr-2 pl-3 text-popover-foreground shadow-float"
    >
      <Icon
        aria-hidden
        className={`size-4 shrink-0 ${toast.tone === 'problem' ? 'text-destructive' : 'text-success'}`}
      />
      <span className="min-w-0 flex-1 break-words">{toast.text}</span>
      {toast.undo ? (
        <button
          type="button"
          className="h-7 rounded-md px-2 font-medium text-primary hover:bg-accent pointer-coarse:h-10"
          onClick={() => {
            toast.undo?.()
            onClose()
          }}
        >
          Undo
        </button>
      ) : null}
      <IconButton label="Close message" icon={<X />} onClick={onClose} />
    </div>
  )
}
