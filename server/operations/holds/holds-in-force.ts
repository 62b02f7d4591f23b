import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Reader, Tx } from '@/server/db/client'

export interface HoldInForce {
  id: Id
  kind: 'workspace' | 'person' | 'organisation'
  placedAt: Date
  /** Whom to ask: in words for people. */
  ask: string
}

const LOCK = 'legal holds'

/** Until the commit nobody else places a hold, erases or drops: what is held a moment later was not taken away just before. */
export const lockHolds = async (tx: Tx): Promise<void> => {
  await tx.query('select pg_advisory_xact_lock(hashtext($1))', [LOCK])
}

interface Row {
  about: Id
  id: Id
  kind: HoldInForce['kind']
  placed_at: Date
  workspace: string | null
  organisation: string
}

const IN_FORCE = `
select p.id as about, h.id, h.kind, h.placed_at, w.title as workspace, o.name as organisation
from people p join legal_holds h on h.lifted_at is null and (
  h.subject_id = p.id or h.subject_id = p.org_id
  or h.subject_id in (select m.workspace_id from memberships m where m.person_id = p.id))
join organisations o on o.id = h.org_id left join workspaces w on w.id = h.workspace_id
where p.id = any($1) order by h.placed_at, h.id`

/** What stands in the way of erasing each of these people: on them, on their organisation, on a workspace they ever belonged to. */
export const holdsOnPeople = async (
  reader: Reader,
  personIds: readonly Id[],
): Promise<Map<Id, HoldInForce>> => {
  const { rows } = await reader.query<Row>(IN_FORCE, [personIds])
  return new Map(
    rows
      .reverse()
      .map(({ about, id, kind, placed_at, workspace, organisation }) => [
        about,
        { id, kind, placedAt: placed_at, ask: whomToAsk(workspace, organisation) },
      ]),
  )
}

const whomToAsk = (workspace: string | null, organisation: string): string =>
  workspace === null ? `an administrator of ${organisation}` : `an auditor of ${workspace}`

/** @throws DomainError `conflict` that names the hold and whom to ask */
export const assertNotHeld = (hold: HoldInForce | undefined): void => {
  if (hold === undefined) return
  throw new DomainError(
    'conflict',
    `A legal hold stands in the way (${hold.id}). Two people have to lift it first.`,
    { ask: hold.ask },
  )
}
