import type { Id } from '@/lib/ids'
import { writeOrigins } from '@/server/operations/copies/origins'
import type { OperationContext } from '@/server/operations/run-operation'

interface Way {
  from: Id
  to: Id
}

/**
 * The document that a section leaves goes on limiting it, and everything that was copied from it there. One that goes back
 * before anybody has written a word leaves nothing behind: its text was never under what the other document says.
 */
export const linkToFormer = async (context: OperationContext, sectionId: Id, { from, to }: Way) => {
  const { tx, actor, at } = context
  const { rows } = await tx.query<{ id: Id; since: Date; touched: boolean }>(
    `select f.id, f.valid_from as since, exists (
       select 1 from section_updates u where u.section_id = f.section_id and u.at >= f.valid_from) as touched
     from section_sources f
     where f.section_id = $1 and f.source_document_id = $2 and f.ended_at is null
       and f.valid_from = (select max(valid_from) from section_sources where section_id = $1 and ended_at is null)`,
    [sectionId, to],
  )
  const [way] = rows
  const goesBack = way !== undefined && !way.touched
  if (goesBack)
    await tx.query('update section_sources set ended_at = $2, ended_by = $3 where id = $1', [
      way.id,
      at,
      actor.personId,
    ])
  const copies = await tx.query<{ id: Id }>(
    `select distinct section_id as id from section_sources
     where source_section_id = $1 and ended_at is null and ($2::timestamptz is null or valid_from >= $2)`,
    [sectionId, goesBack ? way.since : null],
  )
  const concerned = [...(goesBack ? [] : [sectionId]), ...copies.rows.map(({ id }) => id)]
  const linked = await tx.query<{ id: Id }>(
    `select section_id as id from section_sources
     where section_id = any($1::uuid[]) and source_document_id = $2 and ended_at is null`,
    [concerned, from],
  )
  const already = new Set(linked.rows.map(({ id }) => id))
  for (const id of concerned) if (!already.has(id)) await writeOrigins(context, id, [{ documentId: from }])
}
