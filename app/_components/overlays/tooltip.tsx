'use client'

import {
  cloneElement,
  type FocusEvent,
  type PointerEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { createPortal } from 'react-dom'
import { placeBeside, type Side } from '@/app/_components/overlays/parts/place-beside'

interface TooltipProps {
  text: ReactNode
  side?: Side
  /** One element that can be focused. */
  children: ReactElement<Record<string, unknown>>
}

/** Within the anchor's landmark, but never inside a window: its transform would move what is fixed. */
const landmarkOf = (anchor: Element): Element =>
  anchor.closest('[role="dialog"], [role="alertdialog"]') === null
    ? (anchor.closest('main, header, aside') ?? document.body)
    : document.body

/** Milliseconds: before it comes under a pointer, and before it goes, so that the pointer can reach it. */
const PATIENCE = 500
const GRACE = 120

/**
 * A word about a control on hover and focus (WCAG 1.4.13: Esc closes it, the pointer may rest on it). Never the only
 * place of something one must know. Our own, because it is on every page and needs no positioning library.
 */
export function Tooltip({ text, side = 'top', children }: TooltipProps) {
  const id = useId()
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const own = children.props
  const after = (milliseconds: number, act: () => void) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(act, milliseconds)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setAnchor(null)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    if (anchor === null) return
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setAnchor(null)
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [anchor])
  const also = <Event,>(name: string, act: (event: Event) => void) => ({
    [name]: (event: Event) => {
      const before = own[name]
      if (typeof before === 'function') before(event)
      act(event)
    },
  })
  // An icon's name is what it is called already: said once is enough.
  const describes = anchor !== null && own['aria-label'] !== text
  return (
    <>
      {cloneElement(children, {
        ...also('onPointerEnter', ({ pointerType, currentTarget }: PointerEvent) => {
          if (pointerType === 'mouse') after(PATIENCE, () => setAnchor(currentTarget))
        }),
        ...also('onPointerLeave', () => after(GRACE, () => setAnchor(null))),
        ...also('onPointerDown', hide),
        ...also('onFocus', ({ currentTarget }: FocusEvent) => {
          if (currentTarget.matches(':focus-visible')) setAnchor(currentTarget)
        }),
        ...also('onBlur', hide),
        ...(describes ? { 'aria-describedby': id } : {}),
      })}
      {anchor === null
        ? null
        : createPortal(
            <div
              id={id}
              role="tooltip"
              ref={(bubble) => {
                if (bubble) placeBeside(bubble, anchor, side)
              }}
              onPointerEnter={() => clearTimeout(timer.current)}
              onPointerLeave={() => after(GRACE, () => setAnchor(null))}
              className="fixed top-0 left-0 z-70 w-max max-w-72 animate-overlay-in rounded-md bg-foreground px-2 py-1 text-background text-sm"
            >
              {text}
            </div>,
            landmarkOf(anchor),
          )}
    </>
  )
}
