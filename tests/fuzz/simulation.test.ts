import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { silentMeter } from '@/server/meter'
import { HonestClient, type HonestCounts } from '@/tests/fuzz/honest-client'
import { storedDoc } from '@/tests/fuzz/stored-doc'
import { seeded } from '@/tests/support/seeded'
import { appendText, beginText, unshowable } from '@/tests/support/sync/block-text'
import { untilDoc } from '@/tests/support/sync/sync-client'
import { openSyncBed, type SyncWorld } from '@/tests/support/sync/sync-server'

const FRAMES = 10_000
/** Six people; Clara has two tabs. */
const WHO: (keyof SyncWorld['people'])[] = [
  'countyLead',
  'countyLead',
  'weatherSteward',
  'weatherEditor',
  'hospitalLead',
  'hospitalEditor',
]

const holds = (doc: Y.Doc, other: Y.Doc): boolean =>
  [...Y.decodeStateVector(Y.encodeStateVector(other))].every(
    ([client, clock]) => Y.getState(doc.store, client) >= clock,
  )

test('seven tabs of six people write, format, undo, lose their connection and reload: 10,000 frames, none refused', async () => {
  const seed = Date.now() % 1_000_000
  let committed = 0
  const waiting: (() => void)[] = []
  const bed = await openSyncBed({
    meter: {
      ...silentMeter,
      committed(_ms, frames) {
        committed += frames
        for (const go of waiting.splice(0)) go()
      },
    },
  })
  const { world } = bed
  // The sixth: of an agency that joins for this.
  const { workspaceId, orgs } = world
  const extra = await world.world.person(orgs.weather, { name: 'Wilma Weather' })
  await world.world.membership(workspaceId, extra, 'editor')
  const actors = [...WHO.map((who) => world.people[who]), await world.world.actor(extra)]
  const counts: HonestCounts = { edits: 0, undone: 0, offline: 0, reconnects: 0, reloads: 0, sameId: 0 }
  const closes: number[] = []
  const clients = actors.map(
    (actor, at) =>
      new HonestClient({
        name: `s${seed}-${at}`,
        port: bed.port,
        sectionId: world.sections.open,
        cookie: bed.cookieOf(actor),
        random: seeded(seed + at),
        counts,
        onClose: (code) => {
          closes.push(code)
        },
      }),
  )
  const [first] = clients as [HonestClient]
  await Promise.all(clients.map((client) => client.whenSynced()))
  beginText(first.doc)
  for (const { doc } of clients) await untilDoc(doc, () => holds(doc, first.doc))

  const begun = performance.now()
  const play = async (client: HonestClient): Promise<void> => {
    /** Resolves when everything that this tab holds is stored. */
    const settled = async (): Promise<void> => {
      await client.finish()
      const mine = Y.encodeStateVector(client.doc)
      for (;;) {
        const next = new Promise<void>((resolve) => waiting.push(resolve))
        const stored = await storedDoc(bed.services.db, world.sections.open)
        const has = [...Y.decodeStateVector(mine)].every(
          ([id, clock]) => Y.getState(stored.store, id) >= clock,
        )
        stored.destroy()
        if (has) return
        await next
      }
    }
    while (committed < FRAMES) {
      await client.act(settled)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  await Promise.all(clients.map(play))
  await Promise.all(clients.map((client) => client.finish()))
  // A last word from each: whoever has it has everything before it, deletions too, which no state vector tells of.
  for (const { doc } of clients) appendText(doc, `last of ${doc.clientID}`)
  const seconds = (performance.now() - begun) / 1000

  for (const client of clients)
    for (const other of clients) await untilDoc(client.doc, () => holds(client.doc, other.doc))
  const why = `seed ${seed}`
  const stored = await storedDoc(bed.services.db, world.sections.open)
  const text = (doc: Y.Doc) => doc.getXmlFragment(EDITOR_FRAGMENT).toString()
  for (const { doc } of clients) expect(text(doc), why).toBe(text(stored))
  expect(unshowable(stored), why).toEqual([])
  for (const { doc } of clients)
    expect(Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(first.doc)), why).toBe(true)

  const { rows } = await bed.services.db.query<{ n: number }>(
    `select count(*)::int as n from audit_inbox where type = 'section.frame_refused'`,
  )
  expect(rows[0]?.n, why).toBe(0)
  expect(
    closes.filter((code) => code >= 1002),
    why,
  ).toEqual([])
  expect(committed, why).toBeGreaterThanOrEqual(FRAMES)
  for (const [what, count] of Object.entries(counts)) expect(count, `${what}, ${why}`).toBeGreaterThan(0)
  process.stdout.write(
    `simulation, ${why}: ${committed} frames judged, 0 refused, ${seconds.toFixed(1)} s, ${JSON.stringify(counts)}\n`,
  )
  for (const client of clients) client.destroy()
  await bed.close()
}, 180_000)
