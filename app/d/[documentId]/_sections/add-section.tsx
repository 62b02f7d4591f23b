'use client'

import { Plus } from 'lucide-react'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { problemOf } from '@/app/_data/problem'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import { useDocumentActs } from '@/app/d/[documentId]/use-acts'
import type { Id } from '@/lib/ids'

interface AddSectionProps {
  afterId: Id | null
  /** `line`: a thin place between two sections that shows itself when pointed at or focused. */
  as: 'line' | 'button'
}

/** Adds a section at one place: asks for its title where it will stand. */
export function AddSection({ afterId, as }: AddSectionProps) {
  const { view } = useDocumentContext()
  const { addSection } = useDocumentActs()
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)

  const close = () => {
    addSection.reset()
    setOpen(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  const add = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const title = String(new FormData(event.currentTarget).get('title') ?? '').trim()
    addSection.mutate(
      { documentId: view.id, title, afterSectionId: afterId },
      {
        onSuccess: ({ sectionId }) => {
          setOpen(false)
          goInto(sectionId)
        },
      },
    )
  }

  if (open)
    return (
      <form
        onSubmit={add}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close()
        }}
        className="my-4 flex flex-wrap items-start gap-2 rounded-lg border bg-card p-3 text-left"
      >
        <Field
          label="Title of the new section"
          hideLabel
          className="min-w-48 flex-1"
          problem={addSection.error ? problemOf(addSection.error).forPeople : null}
        >
          {(control) => (
            <Input
              {...control}
              ref={(input) => input?.focus()}
              name="title"
              placeholder="Title of the new section"
              maxLength={200}
              required
            />
          )}
        </Field>
        <Button variant="primary" type="submit" busy={addSection.isPending}>
          Add
        </Button>
        <Button variant="ghost" onClick={close}>
          Cancel
        </Button>
      </form>
    )
  if (as === 'button')
    return (
      <Button ref={button} onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Add a section
      </Button>
    )
  return (
    <div className="group/add flex h-6 items-center">
      <button
        ref={button}
        type="button"
        onClick={() => setOpen(true)}
        aria-label="Add a section here"
        className="flex h-6 w-full items-center gap-2 rounded-sm text-primary text-xs opacity-0 transition-opacity duration-100 focus-visible:opacity-100 group-hover/add:opacity-100"
      >
        <span className="h-px flex-1 bg-primary/40" />
        <Plus aria-hidden className="size-4" />
        Add a section here
        <span className="h-px flex-1 bg-primary/40" />
      </button>
    </div>
  )
}

/**
 * The refresh that follows draws the new section, and its text comes when it is connected: then one can go on writing
 * there. Not when the focus has been taken elsewhere meanwhile.
 */
const goInto = (sectionId: Id, tries = 40) => {
  const section = document.getElementById(sectionId)
  section?.scrollIntoView({ block: 'center' })
  const text = section?.querySelector<HTMLElement>('[contenteditable="true"]')
  const free = document.activeElement === null || document.activeElement === document.body
  if (text && free) text.focus({ preventScroll: true })
  else if (free && tries > 0) setTimeout(() => goInto(sectionId, tries - 1), 100)
}
