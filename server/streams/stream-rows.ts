import type { Id } from '@/lib/ids'
import type { Database, Reader, Tx } from '@/server/db/client'
import type { StreamConfig } from '@/server/streams/read-streams'

/** Longer than a message may take: a node that sends is never overtaken by one that thinks it dead. */
export const LEASE_SECONDS = 120

/** One stream of the file, as this process runs it. */
export interface Stream {
  config: StreamConfig
  /** Whose view it is; null: the instance's. */
  orgId: Id | null
}

/**
 * The file's streams, in the database. Streams that the file names no more are ended and keep their cursors: should they come
 * back, they go on. @returns those whose organisation is known here; the others, by name
 */
export const enterStreams = (
  db: Database,
  configs: readonly StreamConfig[],
): Promise<{ streams: Stream[]; unknown: string[] }> =>
  db.transaction(async (tx) => {
    const { rows: orgs } = await tx.query<{ id: Id; short_code: string }>(
      'select id, short_code from organisations where short_code = any($1)',
      [configs.map(({ of }) => of)],
    )
    const known = configs.flatMap((config): Stream[] => {
      if (config.of === 'instance') return [{ config, orgId: null }]
      const org = orgs.find(({ short_code }) => short_code === config.of)
      return org === undefined ? [] : [{ config, orgId: org.id }]
    })
    for (const stream of known) await enterStream(tx, stream)
    await tx.query('update record_streams set ended_at = now() where ended_at is null and name <> all($1)', [
      known.map(({ config }) => config.name),
    ])
    const unknown = configs.filter((config) => !known.some((stream) => stream.config === config))
    return { streams: known, unknown: unknown.map(({ name }) => name) }
  })

const enterStream = async (tx: Tx, { config, orgId }: Stream): Promise<void> => {
  const { rowCount } = await tx.query(
    'insert into record_streams (name, org_id, kind) values ($1, $2, $3) on conflict (name) do nothing',
    [config.name, orgId, config.kind],
  )
  await tx.query('update record_streams set org_id = $2, kind = $3, ended_at = null where name = $1', [
    config.name,
    orgId,
    config.kind,
  ])
  if (rowCount === 1 && config.from === 'now')
    await tx.query(
      'insert into record_stream_cursors (stream, tree, next) select $1, tree, size from audit_heads',
      [config.name],
    )
}

/** Takes or keeps the stream for this node. @returns false while another node has it */
export const takeLease = async (db: Database, name: string, node: string): Promise<boolean> => {
  const { rowCount } = await db.write(
    `update record_streams set node = $2, lease_until = now() + make_interval(secs => ${LEASE_SECONDS})
     where name = $1 and ended_at is null and (node = $2 or lease_until is null or lease_until < now())`,
    [name, node],
    'take a stream',
  )
  return rowCount === 1
}

export const giveLease = async (db: Database, name: string, node: string): Promise<void> => {
  await db.write(
    'update record_streams set lease_until = null where name = $1 and node = $2',
    [name, node],
    'give a stream',
  )
}

export interface TreePlace {
  tree: string
  /** The first index that the receiver does not have. */
  next: number
  size: number
}

/**
 * Trees with something that this stream's receiver does not have. An organisation's stream has the workspaces in which it takes
 * part now: to whoever left, or is suspended, nothing goes.
 */
export const placesOf = async (reader: Reader, { config, orgId }: Stream): Promise<TreePlace[]> => {
  const { rows } = await reader.query<TreePlace>(
    `select h.tree, coalesce(c.next, 0) as next, h.size
     from audit_heads h left join record_stream_cursors c on c.tree = h.tree and c.stream = $1
     where h.size > coalesce(c.next, 0) and (
       (h.tree = 'instance' and $2) or (h.tree <> 'instance' and $3 and ($4::uuid is null or exists (
         select 1 from participations p where 'workspace:' || p.workspace_id = h.tree and p.org_id = $4
           and p.state = 'active' and p.ended_at is null and p.valid_from <= now()
           and (p.valid_until is null or p.valid_until > now())))))
       and ($4::uuid is null or exists (select 1 from organisations o where o.id = $4 and o.state = 'active'))
     order by h.tree`,
    [config.name, config.trees.includes('instance'), config.trees.includes('workspaces'), orgId],
    'places of a stream',
  )
  return rows
}

/** The receiver has everything before `next`. @returns false when the stream is another node's by now: stop at once */
export const advance = async (
  db: Database,
  name: string,
  node: string,
  { tree, next, sent }: { tree: string; next: number; sent: boolean },
): Promise<boolean> => {
  const { rowCount } = await db.write(
    `with mine as (
       update record_streams set problem = null, sent_at = case when $5 then now() else sent_at end
       where name = $1 and node = $2 returning name
     )
     insert into record_stream_cursors (stream, tree, next) select name, $3, $4 from mine
     on conflict (stream, tree) do update set next = excluded.next`,
    [name, node, tree, next, sent],
    'advance a stream',
  )
  return rowCount === 1
}
