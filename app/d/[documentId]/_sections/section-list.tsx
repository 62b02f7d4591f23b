'use client'

import { FileText } from 'lucide-react'
import { Fragment, useRef } from 'react'
import { Empty } from '@/app/_components/feedback/empty'
import { useDepartures } from '@/app/_editor/live-sections-provider'
import { AddSection } from '@/app/d/[documentId]/_sections/add-section'
import { Departed } from '@/app/d/[documentId]/_sections/departed'
import { withKept } from '@/app/d/[documentId]/_sections/order'
import { Section } from '@/app/d/[documentId]/_sections/section'
import { useDrag } from '@/app/d/[documentId]/_sections/use-drag'
import { useMoveSection } from '@/app/d/[documentId]/_sections/use-move-section'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import type { Id } from '@/lib/ids'

/** The sections that are there for me, in order; between them places to add one; where one was closed, why. */
export function SectionList() {
  const { view } = useDocumentContext()
  const { moveAfter, step } = useMoveSection()
  const { drag, handle, list } = useDrag(moveAfter)
  const departures = useDepartures()
  const before = useRef<readonly Id[]>([])
  const byId = new Map(view.sections.map((section) => [section.id, section]))
  const order = withKept(before.current, [...byId.keys()], new Set(departures.keys()))
  before.current = order
  const line = (afterId: Id | null) =>
    drag !== null && drag.afterId === afterId ? (
      <div aria-hidden className="relative h-0">
        <div className="-top-0.5 absolute inset-x-0 h-1 rounded-full bg-primary" />
      </div>
    ) : null

  if (order.length === 0)
    return (
      <Empty
        icon={<FileText />}
        title="Nothing here yet"
        action={view.can.addSection ? <AddSection afterId={null} as="button" /> : null}
      >
        {view.can.addSection
          ? 'A document is made of sections. Each has its own boundary: you decide who sees it.'
          : 'No section of this document is shared with you so far.'}
      </Empty>
    )
  return (
    <div {...list}>
      {line(null)}
      {order.map((id, index) => {
        const section = byId.get(id)
        if (section === undefined) return <Departed key={id} id={id} reason={departures.get(id) ?? ''} />
        return (
          <Fragment key={id}>
            {view.can.addSection ? (
              <AddSection afterId={view.sections[view.sections.indexOf(section) - 1]?.id ?? null} as="line" />
            ) : (
              <div className="h-6" />
            )}
            <Section
              section={section}
              first={index === 0}
              last={index === order.length - 1}
              dragged={drag?.id === id}
              handle={handle(id)}
              onStep={(direction) => step(id, direction)}
            />
            {line(id)}
          </Fragment>
        )
      })}
      {view.can.addSection ? (
        <div className="mt-8 border-t pt-6">
          <AddSection afterId={view.sections.at(-1)?.id ?? null} as="button" />
        </div>
      ) : null}
    </div>
  )
}
