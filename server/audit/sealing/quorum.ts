import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/** Whose word seals a tree. */
export interface Quorum {
  /** Who keeps the record, and whose own word does not count. Null while nobody operates the instance. */
  host: Id | null
  /** The organisations whose word counts, one each. */
  of: readonly Id[]
  /** How many of them: more than half. 0: nobody takes part whose word would count, so it cannot be sealed. */
  needed: number
}

const IN_FORCE = (table: string) =>
  `${table}.valid_from <= $2 and (${table}.valid_until is null or ${table}.valid_until > $2) and ${table}.ended_at is null`

/** @param tree "workspace:<id>" or "instance" */
export const workspaceOf = (tree: string): Id | null =>
  tree.startsWith('workspace:') ? tree.slice('workspace:'.length) : null

/**
 * Of a workspace: the organisations that take part now, but the host. Of the instance: those that have a witness, but the one
 * whose operators set the instance up.
 */
export async function readQuorum(reader: Reader, tree: string, at: Date): Promise<Quorum> {
  const workspaceId = workspaceOf(tree)
  const host = await readHost(reader, workspaceId)
  const { rows } =
    workspaceId === null
      ? await reader.query<{ org_id: Id }>(
          `select distinct w.org_id from audit_witnesses w join organisations o on o.id = w.org_id
           where w.org_id is distinct from $1::uuid and o.state = 'active' and ${IN_FORCE('w')} order by 1`,
          [host, at],
        )
      : await reader.query<{ org_id: Id }>(
          `select distinct p.org_id from participations p
           where p.workspace_id = $1 and p.state = 'active' and ${IN_FORCE('p')} and p.org_id is distinct from $3::uuid order by 1`,
          [workspaceId, at, host],
        )
  const of = rows.map((row) => row.org_id)
  return { host, of, needed: of.length === 0 ? 0 : Math.floor(of.length / 2) + 1 }
}

async function readHost(reader: Reader, workspaceId: Id | null): Promise<Id | null> {
  const { rows } =
    workspaceId === null
      ? await reader.query<{ id: Id }>(
          `select o.id from organisations o where exists (select 1 from people p where p.org_id = o.id and p.is_operator)
           order by o.created_at, o.id limit 1`,
        )
      : await reader.query<{ id: Id }>('select host_org_id as id from workspaces where id = $1', [
          workspaceId,
        ])
  return rows[0]?.id ?? null
}

/** The trees that an organisation takes part in now: the instance's, and of its workspaces. */
export async function readTreesOf(reader: Reader, orgId: Id, at: Date): Promise<string[]> {
  const { rows } = await reader.query<{ workspace_id: Id }>(
    `select distinct p.workspace_id from participations p
     where p.org_id = $1 and p.state = 'active' and ${IN_FORCE('p')} order by 1`,
    [orgId, at],
  )
  return ['instance', ...rows.map((row) => `workspace:${row.workspace_id}`)]
}
