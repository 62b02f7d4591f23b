'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { announce } from '@/app/_components/feedback/announce'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { Id } from '@/lib/ids'
import type { DocumentRowView } from '@/lib/views/workspace'

/** What can be done to the documents of one workspace. Stars show at once; the rest shows when it is done. */
export const useDocumentActs = (workspaceId: Id) => {
  const api = useApi()
  const client = useQueryClient()
  const refresh = useRefresh()
  const refreshed = { onSuccess: () => refresh('workspaces', 'documents') }
  const star = useMutation(api.documents.star.mutationOptions())
  const unstar = useMutation(api.documents.unstar.mutationOptions())
  const archive = useMutation(api.documents.archive.mutationOptions(refreshed))
  const restore = useMutation(api.documents.restore.mutationOptions(refreshed))
  const rename = useMutation(api.documents.rename.mutationOptions(refreshed))
  const move = useMutation(api.documents.move.mutationOptions(refreshed))

  const showStar = (documentId: Id, starred: boolean) =>
    client.setQueryData(api.workspaces.get.queryKey({ workspaceId }), (before) =>
      before === undefined
        ? before
        : {
            ...before,
            documents: before.documents.map((row) => (row.id === documentId ? { ...row, starred } : row)),
          },
    )

  const restoreNow = (row: DocumentRowView) =>
    restore
      .mutateAsync({ documentId: row.id })
      .then(() => toast({ text: `${row.title} is back.` }))
      .catch(toastProblem)

  return {
    toggleStar: (row: DocumentRowView) => {
      const starred = !row.starred
      showStar(row.id, starred)
      const change = starred ? star : unstar
      change
        .mutateAsync({ documentId: row.id })
        .then(() => announce(starred ? `${row.title} starred` : `${row.title} no longer starred`))
        .catch((error: unknown) => {
          showStar(row.id, row.starred)
          toastProblem(error)
        })
        .finally(() => void refresh('documents'))
    },
    archive: (row: DocumentRowView) =>
      archive
        .mutateAsync({ documentId: row.id })
        .then(() => toast({ text: `${row.title} is archived.`, undo: () => void restoreNow(row) }))
        .catch(toastProblem),
    restore: restoreNow,
    /** Rejects with the refusal, for the window that asked. */
    rename: async (row: DocumentRowView, title: string) => {
      await rename.mutateAsync({ documentId: row.id, title })
      announce(`Renamed to ${title}`)
    },
    /** Rejects with the refusal, for the window that asked. */
    move: async (row: DocumentRowView, parentId: Id | null, afterDocumentId: Id | null) => {
      await move.mutateAsync({ documentId: row.id, parentId, afterDocumentId })
      announce(`${row.title} moved`)
    },
  }
}

export type DocumentActs = ReturnType<typeof useDocumentActs>
