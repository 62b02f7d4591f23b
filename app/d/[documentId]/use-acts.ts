'use client'

import { type UseMutationOptions, useMutation } from '@tanstack/react-query'
import { toast } from '@/app/_components/feedback/toast'
import { inOneLine, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'

/** A mutation of this page: says a refusal in a toast unless the place itself does, then asks for the new state. */
const useAct = <Output, Failure, Input, Context>(
  options: UseMutationOptions<Output, Failure, Input, Context>,
  { quiet = false } = {},
) => {
  const { refresh } = useDocumentContext()
  return useMutation<Output, Failure, Input, Context>({
    ...options,
    onError: (error) => {
      if (!quiet) toast({ text: inOneLine(problemOf(error)), tone: 'problem' })
    },
    onSettled: () => refresh(),
  })
}

/** What can be done with the document itself. Every answer of the server is followed by a refresh. */
export const useDocumentActs = () => {
  const { documents } = useApi()
  return {
    rename: useAct(documents.rename.mutationOptions(), { quiet: true }),
    archive: useAct(documents.archive.mutationOptions()),
    restore: useAct(documents.restore.mutationOptions()),
    star: useAct(documents.star.mutationOptions()),
    unstar: useAct(documents.unstar.mutationOptions()),
    setTemplate: useAct(useApi().copies.setTemplate.mutationOptions()),
    addSection: useAct(useApi().sections.create.mutationOptions(), { quiet: true }),
  }
}

/** What can be done with a section. */
export const useSectionActs = () => {
  const { sections } = useApi()
  return {
    rename: useAct(sections.rename.mutationOptions(), { quiet: true }),
    freeze: useAct(sections.freeze.mutationOptions()),
    openReseed: useAct(sections.openReseed.mutationOptions(), { quiet: true }),
    closeReseed: useAct(sections.closeReseed.mutationOptions()),
    remove: useAct(sections.remove.mutationOptions(), { quiet: true }),
    restore: useAct(sections.restore.mutationOptions()),
    mark: useAct(sections.mark.mutationOptions(), { quiet: true }),
  }
}
