import type { EventObject } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import type { Damage } from '@/server/text/load-section'

const NOBODY = { personId: null, orgId: null, sessionId: null }

type Tools = Pick<Services, 'db' | 'recorder' | 'accessChanges'>

/**
 * Marks damage, once: an event, and everybody in the section on every node is looked at again, so that nobody writes
 * after what cannot be read.
 */
export const markDamage = async ({ db, recorder, accessChanges }: Tools, sectionId: Id, damage: Damage) => {
  const { kind, seq, why, readOnly } = damage
  await db.transaction(async (tx) => {
    const marked = await tx.query(
      `insert into section_damage (id, section_id, kind, seq, why, read_only) values ($1, $2, $3, $4, $5, $6)
       on conflict (section_id, kind, seq) where mended_at is null do nothing returning id`,
      [newId(), sectionId, kind, seq, why, readOnly],
    )
    if (marked.rows.length === 0) return
    const object = await objectOf(tx, sectionId)
    recorder.append(tx, {
      type: 'section.damaged',
      outcome: 'failed',
      actor: NOBODY,
      object,
      details: { kind, seq, why, read_only: readOnly },
    })
    if (readOnly) await accessChanges.publish(tx, object)
  })
}

/** What was marked is whole again: an operator has put it back, or a newer snapshot stands in its place. */
export const markMended = async ({ db, recorder, accessChanges }: Tools, sectionId: Id) =>
  db.transaction(async (tx) => {
    const mended = await tx.query<{ kind: string; seq: number; read_only: boolean }>(
      `update section_damage set mended_at = now() where section_id = $1 and mended_at is null
       returning kind, seq, read_only`,
      [sectionId],
    )
    if (mended.rows.length === 0) return
    const object = await objectOf(tx, sectionId)
    for (const { kind, seq } of mended.rows) {
      recorder.append(tx, {
        type: 'section.mended',
        outcome: 'allowed',
        actor: NOBODY,
        object,
        details: { kind, seq },
      })
    }
    if (mended.rows.some((row) => row.read_only)) await accessChanges.publish(tx, object)
  })

const objectOf = async (
  tx: Tx,
  sectionId: Id,
): Promise<Required<Pick<EventObject, 'workspaceId' | 'documentId' | 'sectionId'>>> => {
  const [row] = (
    await tx.query<{ workspaceId: Id; documentId: Id }>(
      `select d.workspace_id as "workspaceId", s.document_id as "documentId"
       from sections s join documents d on d.id = s.document_id where s.id = $1`,
      [sectionId],
    )
  ).rows
  if (row === undefined) throw new Error('a section without a document')
  return { ...row, sectionId }
}
