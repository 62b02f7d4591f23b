import { type Id, newId } from '@/lib/ids'
import { sectionSources } from '@/server/db/schema/policy'
import type { OperationContext } from '@/server/operations/run-operation'

/** What a text came from: a section, or the document that it was moved out of. */
export type Origin = { sectionId: Id } | { documentId: Id }

/**
 * Nobody moves these sections, and so nobody writes down another origin of theirs, until COMMIT. Documents are locked
 * before (`lockOrder`), as everywhere.
 */
export const holdSections = async ({ tx }: OperationContext, ids: readonly Id[]): Promise<void> => {
  await tx.query('select id from sections where id = any($1::uuid[]) order by id for share', [ids])
}

/**
 * Where the text of a section comes from that is made of these: they themselves, and all that they come from. Written out
 * now, because the link between two of them may end, or one of them be moved, and this one's must stay.
 */
export const originsOf = async ({ tx, at }: OperationContext, ids: readonly Id[]): Promise<Origin[]> => {
  const { rows } = await tx.query<{ source_section_id: Id | null; source_document_id: Id | null }>(
    `select source_section_id, source_document_id from section_sources
     where section_id = any($1::uuid[]) and ended_at is null and (valid_until is null or valid_until > $2)`,
    [ids, at],
  )
  const origins = new Map<Id, Origin>(ids.map((sectionId) => [sectionId, { sectionId }]))
  for (const { source_section_id: sectionId, source_document_id: documentId } of rows) {
    if (sectionId !== null) origins.set(sectionId, { sectionId })
    else if (documentId !== null) origins.set(documentId, { documentId })
  }
  return [...origins.values()]
}

/** From now on nobody gets more of the section than these let through. */
export const writeOrigins = async (
  { tx, actor, at }: OperationContext,
  sectionId: Id,
  origins: readonly Origin[],
): Promise<void> => {
  if (origins.length === 0) return
  await tx.orm.insert(sectionSources).values(
    origins.map((origin) => ({
      id: newId(),
      sectionId,
      ...('sectionId' in origin
        ? { sourceSectionId: origin.sectionId }
        : { sourceDocumentId: origin.documentId }),
      grantedBy: actor.personId,
      validFrom: at,
    })),
  )
}
