'use client'

import { Pencil } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { problemOf } from '@/app/_data/problem'

interface InlineTitleProps {
  as: 'h1' | 'h2'
  id?: string
  title: string
  canRename: boolean
  /** Names the text box: "Title of the document". */
  label: string
  /** Rejects with the server's refusal, which is shown under the text box. */
  onRename: (title: string) => Promise<unknown>
  /** Starts as a text box: from a menu's "Rename". */
  editing: boolean
  onEditing: (editing: boolean) => void
  className: string
  children?: ReactNode
}

/** A heading that can be renamed where it stands: click or Enter to begin, Enter to keep, Esc to leave as it was. */
export function InlineTitle(props: InlineTitleProps) {
  const { as: Heading, id, title, canRename, label, onRename, editing, onEditing, className } = props
  const [problem, setProblem] = useState<string | null>(null)
  const problemId = useId()
  const decided = useRef(false)
  const begin = useRef<HTMLButtonElement>(null)

  const leave = () => {
    setProblem(null)
    onEditing(false)
    // After the text box has gone: focus returns to where it began.
    requestAnimationFrame(() => begin.current?.focus())
  }
  const keep = async (next: string) => {
    const wanted = next.trim()
    if (wanted === '' || wanted === title) return leave()
    try {
      await onRename(wanted)
      leave()
    } catch (error) {
      decided.current = false
      setProblem(problemOf(error).forPeople)
    }
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    decided.current = true
    if (event.key === 'Escape') leave()
    else void keep(event.currentTarget.value)
  }

  if (editing)
    return (
      <Heading id={id} className={className}>
        <input
          ref={(input) => {
            if (input && document.activeElement !== input && !problem) input.select()
          }}
          defaultValue={title}
          maxLength={200}
          aria-label={label}
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem ? problemId : undefined}
          onFocus={() => {
            decided.current = false
          }}
          onKeyDown={onKey}
          onBlur={(event) => {
            if (!decided.current) void keep(event.currentTarget.value)
          }}
          className="-mx-1.5 w-[calc(100%+0.75rem)] rounded-md border border-input bg-card px-1.5 font-[inherit] text-foreground"
        />
        {problem ? (
          <span id={problemId} role="alert" className="mt-1 block font-normal text-destructive text-sm">
            {problem}
          </span>
        ) : null}
      </Heading>
    )
  return (
    <Heading id={id} className={className}>
      {canRename ? (
        <button
          ref={begin}
          type="button"
          title="Rename"
          onClick={() => onEditing(true)}
          className="group/title -mx-1.5 max-w-full cursor-text rounded-md px-1.5 text-left [text-wrap:inherit] hover:bg-accent"
        >
          {title}
          <Pencil
            aria-hidden
            className="ml-2 inline size-3.5 text-muted-foreground opacity-0 group-hover/title:opacity-100 group-focus-visible/title:opacity-100"
          />
        </button>
      ) : (
        title
      )}
    </Heading>
  )
}
