'use client'

import { useMutation } from '@tanstack/react-query'
import { announce } from '@/app/_components/feedback/announce'
import { toast } from '@/app/_components/feedback/toast'
import { inOneLine, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { movedAfter, neighbourAfter } from '@/app/d/[documentId]/_sections/order'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import type { Id } from '@/lib/ids'

/** Moves sections among those that I see; the server places them among those that I do not. */
export const useMoveSection = () => {
  const { view, show, refresh } = useDocumentContext()
  const move = useMutation({
    ...useApi().sections.move.mutationOptions(),
    onError: (error) => toast({ text: inOneLine(problemOf(error)), tone: 'problem' }),
    onSettled: () => refresh(),
  })
  const moveAfter = (sectionId: Id, afterSectionId: Id | null) => {
    const sections = movedAfter(view.sections, sectionId, afterSectionId)
    if (sections === view.sections) return
    show((now) => ({ ...now, sections: [...movedAfter(now.sections, sectionId, afterSectionId)] }))
    move.mutate({ sectionId, afterSectionId })
    const section = sections.find((one) => one.id === sectionId)
    announce(`${section?.title} moved to place ${sections.findIndex((one) => one.id === sectionId) + 1}.`)
  }
  const step = (sectionId: Id, direction: 'up' | 'down') => {
    const after = neighbourAfter(view.sections, sectionId, direction)
    if (after !== undefined) moveAfter(sectionId, after)
  }
  return { moveAfter, step }
}
