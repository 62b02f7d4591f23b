'use client'

import { GripVertical, Lock, Snowflake } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { FacePile } from '@/app/_components/marks/face-pile'
import { LabelTag } from '@/app/_components/marks/label-tag'
import { Tooltip } from '@/app/_components/overlays/tooltip'
import { useLiveSection } from '@/app/_editor/live-sections-provider'
import { AudienceChip } from '@/app/d/[documentId]/_sections/audience-chip'
import { SavedState } from '@/app/d/[documentId]/_sections/saved-state'
import type { SectionProps } from '@/app/d/[documentId]/_sections/section'
import type { Asking } from '@/app/d/[documentId]/_sections/section-dialogs'
import { SectionMenu } from '@/app/d/[documentId]/_sections/section-menu'
import { InlineTitle } from '@/app/d/[documentId]/inline-title'
import { useSectionActs } from '@/app/d/[documentId]/use-acts'

interface SectionHeadProps extends SectionProps {
  titleId: string
  /** What a screen reader says of the editor after its name: whether it can be written in. */
  stateId: string
  onAsk: (asking: Asking) => void
}

/** Says itself, above the text, why nobody can write here. */
const CLOSED_TO_ALL = new Set(['damaged', 'outdated'])

/** Marking, origin and audience above the title, as a portion mark stands before what it marks. */
export function SectionHead({
  section,
  titleId,
  stateId,
  onAsk,
  handle,
  onStep,
  first,
  last,
}: SectionHeadProps) {
  const { people, state } = useLiveSection(section.id)
  const acts = useSectionActs()
  const [renaming, setRenaming] = useState(false)
  const readable = section.level !== 'discover'
  return (
    <header className="pb-2">
      <div className="flex min-h-7 flex-wrap items-center gap-x-2 gap-y-1">
        <LabelTag label={section.label} />
        <AgencyTag agency={section.originator} />
        <AudienceChip section={section} onOpen={() => onAsk('share')} />
        <span className="flex-1" />
        <FacePile people={people} label="In this section now" />
        {section.can.edit && state !== 'waiting' ? <SavedState sectionId={section.id} /> : null}
      </div>
      <div className="relative mt-1 flex items-start gap-2">
        {section.can.move ? <Grip title={section.title} handle={handle} onStep={onStep} /> : null}
        <div className="min-w-0 flex-1">
          <InlineTitle
            as="h2"
            id={titleId}
            title={section.title}
            canRename={section.can.rename}
            label="Title of the section"
            onRename={(title) => acts.rename.mutateAsync({ sectionId: section.id, title })}
            editing={renaming}
            onEditing={setRenaming}
            className="break-words font-semibold text-xl tracking-tight"
          />
        </div>
        <SectionMenu
          section={section}
          first={first}
          last={last}
          onStep={onStep}
          onRename={() => setTimeout(() => setRenaming(true))}
          onAsk={onAsk}
        />
      </div>
      <div id={stateId} className={section.can.edit ? 'sr-only' : 'mt-1.5'}>
        {section.can.edit ? (
          CLOSED_TO_ALL.has(state) ? null : (
            'You can edit this section. Press Escape to leave its text.'
          )
        ) : (
          <ReadOnly frozen={section.frozen} readable={readable} why={section.readOnlyWhy} />
        )}
      </div>
    </header>
  )
}

function ReadOnly({ frozen, readable, why }: { frozen: boolean; readable: boolean; why: string | null }) {
  const Icon = frozen && readable ? Snowflake : Lock
  const words = !readable ? 'Not shown to you' : frozen ? 'Frozen' : 'Read only'
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-sm">
      <span className="inline-flex items-center gap-1 rounded-full bg-muted px-2 py-0.5 font-medium text-foreground">
        <Icon aria-hidden className="size-3.5" />
        {words}
      </span>
      <span className="min-w-0">{why}</span>
    </p>
  )
}

interface GripProps {
  title: string
  handle: ComponentProps<'span'>
  onStep: (direction: 'up' | 'down') => void
}

function Grip({ title, handle, onStep }: GripProps) {
  return (
    <Tooltip text="Drag to move, or use the arrow keys">
      {/* biome-ignore lint/a11y/useSemanticElements: a button cannot be dragged in Firefox */}
      <span
        {...handle}
        role="button"
        tabIndex={0}
        aria-label={`Move ${title}: arrow up or down`}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
          event.preventDefault()
          onStep(event.key === 'ArrowUp' ? 'up' : 'down')
        }}
        className="-left-8 absolute top-0 flex h-7 w-6 cursor-grab items-center justify-center rounded-sm text-muted-foreground hover:bg-accent max-md:hidden"
      >
        <GripVertical aria-hidden className="size-4" />
      </span>
    </Tooltip>
  )
}
