import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { LIMITS } from '@/lib/sync/limits'
import { loadSection } from '@/server/text/load-section'
import { Cluster, redisIsHere, startRedis } from '@/tests/support/sync/cluster'
import { openClient, untilDoc } from '@/tests/support/sync/sync-client'

const here = redisIsHere()
if (!here) process.stderr.write('Left out: snapshots of two nodes. No redis-server on this machine.\n')

test.skipIf(!here)(
  'two nodes that make snapshots of one section at once: the newest serves, every row stays',
  async () => {
    const [cluster, redis] = await Promise.all([Cluster.open(), startRedis()])
    try {
      const [first, second] = await Promise.all([
        cluster.start({ redisUrl: redis.url }),
        cluster.start({ redisUrl: redis.url }),
      ])
      const { people } = cluster.world
      const sectionId = await cluster.section()
      const open = async (actor: typeof people.countyLead, port: number) => {
        const client = openClient({ port, sectionId, cookie: await cluster.cookieOf(actor) })
        await client.synced
        return client
      }
      const [clara, walt] = await Promise.all([
        open(people.countyLead, first.port),
        open(people.weatherEditor, second.port),
      ])
      // In turns, so that each token is a row of its own: both nodes pass the mark at the same row, and again.
      const tokens = 2 * LIMITS.tailRows + 20
      for (let i = 0; i < tokens; i++) {
        const [from, to] = i % 2 === 0 ? [clara, walt] : [walt, clara]
        const token = `<${i}>`
        from.text.insert(from.text.length, token)
        await untilDoc(to.doc, () => to.text.toString().endsWith(token))
      }
      const all = (text: string) => (text.match(/<[^>]+>/g) ?? []).length === tokens
      await Promise.all(
        [clara, walt].map((client) => untilDoc(client.doc, () => all(client.text.toString()))),
      )
      const { rows } = await cluster.services.db.query<{
        n: number
        last: number
        snapshots: number
        newest: number
      }>(
        `select count(*) as n, max(seq) as last,
         (select count(*) from section_snapshots where section_id = $1) as snapshots,
         (select max(seq) from section_snapshots where section_id = $1) as newest
       from section_updates where section_id = $1`,
        [sectionId],
      )
      const [counts] = rows
      expect(counts?.n).toBe(counts?.last)
      expect(counts?.newest).toBeGreaterThanOrEqual(LIMITS.tailRows)
      const stored = await loadSection(cluster.services.db, sectionId)
      const doc = new Y.Doc()
      if (stored.snapshot !== null) Y.applyUpdate(doc, stored.snapshot.bytes)
      for (const row of stored.rows) Y.applyUpdate(doc, row.bytes)
      expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(clara.doc))
      for (const client of [clara, walt]) client.destroy()
    } finally {
      await cluster.close()
      await redis.kill()
    }
  },
)
