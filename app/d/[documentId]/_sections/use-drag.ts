'use client'

import { type DragEvent, useState } from 'react'
import type { Id } from '@/lib/ids'

/** The section that is dragged, and where its line is drawn. `undefined`: no line. */
interface Drag {
  id: Id
  afterId: Id | null | undefined
}

/** Its own type: nothing of the section's name or text goes where a drag might end up outside this page. */
const TYPE = 'application/x-liaison-section'

/**
 * Dragging sections by their handle. Rows carry `data-section`; the drop line stands in the gap that is nearest to the
 * pointer.
 */
export const useDrag = (onDrop: (id: Id, afterId: Id | null) => void) => {
  const [drag, setDrag] = useState<Drag | null>(null)

  const handle = (id: Id) => ({
    draggable: true,
    onDragStart: (event: DragEvent<HTMLElement>) => {
      event.dataTransfer.setData(TYPE, id)
      event.dataTransfer.effectAllowed = 'move'
      const row = event.currentTarget.closest('[data-section]')
      if (row) event.dataTransfer.setDragImage(row, 24, 16)
      setDrag({ id, afterId: undefined })
    },
    onDragEnd: () => setDrag(null),
  })

  // On the way down, and no further: an editor under the pointer must not take the section for dropped text.
  const list = {
    onDragOverCapture: (event: DragEvent<HTMLElement>) => {
      if (drag === null) return
      event.preventDefault()
      event.stopPropagation()
      event.dataTransfer.dropEffect = 'move'
      const afterId = gapAt(event.currentTarget, event.clientY)
      if (afterId !== drag.afterId) setDrag({ ...drag, afterId })
    },
    onDropCapture: (event: DragEvent<HTMLElement>) => {
      if (drag === null) return
      event.preventDefault()
      event.stopPropagation()
      onDrop(drag.id, gapAt(event.currentTarget, event.clientY))
      setDrag(null)
    },
  }
  return { drag, handle, list }
}

/** The section above the gap nearest to a height on screen; null: the gap above the first. */
const gapAt = (list: Element, y: number): Id | null => {
  let above: Id | null = null
  for (const row of list.querySelectorAll('[data-section]')) {
    const { top, height } = row.getBoundingClientRect()
    if (y < top + height / 2) break
    above = row.getAttribute('data-section')
  }
  return above
}
