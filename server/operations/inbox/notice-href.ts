import type { KnownNames, NoticeRow } from '@/server/operations/inbox/notice-views'

/** Where one acts on a notice, or looks at what it is about; null where nothing is left that the reader may see. */
export const hrefOf = (row: NoticeRow, names: KnownNames): string | null => {
  const { kind, targetId, workspaceId, documentId, sectionId } = row
  const inWorkspace = (page: string) => (names.workspace(row) === null ? null : `/w/${workspaceId}${page}`)
  const place = () => {
    if (documentId === null || names.document(row) === null) return null
    return sectionId === null || names.section(row) === null
      ? `/d/${documentId}`
      : `/d/${documentId}#${sectionId}`
  }
  if (kind.startsWith('release.') && targetId !== null) return `/releases/${targetId}`
  if (kind.startsWith('offer.') && targetId !== null) return `/offers/${targetId}`
  if (kind.startsWith('terms.')) return workspaceId === null ? null : `/w/${workspaceId}/terms`
  if (kind.startsWith('review.') && targetId !== null) return inWorkspace(`/reviews/${targetId}`)
  if (kind.startsWith('finding.') && targetId !== null)
    return inWorkspace(`/record/findings?finding=${targetId}`)
  if (kind.startsWith('break_glass.')) return inWorkspace('/break-glass')
  if (kind.startsWith('record.'))
    return workspaceId === null ? '/organisation/witnesses' : inWorkspace('/record/integrity')
  if (/^(retention|hold|person)\./.test(kind))
    return workspaceId === null ? '/organisation/erasure' : inWorkspace('/record/retention')
  if (kind === 'participation.changed') return inWorkspace('')
  if (kind === 'membership.changed') return inWorkspace('')
  return place() ?? inWorkspace('')
}
