import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import type { AccessScope } from '@/server/policy/access-scope'

/**
 * What changes who may see a section, or a document, changes it for everything that was copied or moved out of there.
 * Sources lie in the workspace of their copies, so that the clocks of the given scopes are those of the result as well.
 * @returns a scope for each copy; a link that a release has ended does not count
 */
export const copiesWithin = async (tx: Tx, scopes: readonly AccessScope[]): Promise<AccessScope[]> => {
  const copies: AccessScope[] = []
  for (const scope of scopes) {
    if (!('workspaceId' in scope)) continue
    const { sectionId, documentId, ...rest } = scope
    if (sectionId === undefined && documentId === undefined) continue
    const { rows } = await tx.query<{ id: Id }>(
      sectionId === undefined ? OF_DOCUMENT : OF_SECTION,
      [sectionId ?? documentId],
      sectionId === undefined ? 'copies of document' : 'copies of section',
    )
    copies.push(...rows.map(({ id }) => ({ ...rest, sectionId: id })))
  }
  return copies
}

const OF_SECTION = `select distinct section_id as id from section_sources
where source_section_id = $1 and ended_at is null`

const OF_DOCUMENT = `select distinct section_id as id from section_sources
where ended_at is null and (source_document_id = $1
  or source_section_id in (select id from sections where document_id = $1))`
