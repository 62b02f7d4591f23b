import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseCheckpoint } from '@/lib/audit/checkpoint'
import { cosignNote, parseNote, type SignerKey, signatureLine } from '@/lib/audit/signed-note'
import { parseAddCheckpoint } from '@/lib/witness/add-checkpoint'
import type { WatchedTrees } from '@/lib/witness/host-answers'
import { readSeal } from '@/server/audit/sealing/seal'
import { runOperation } from '@/server/operations/run-operation'
import { endWitness } from '@/server/operations/witnesses/end-witness'
import { listWitnesses } from '@/server/operations/witnesses/list-witnesses'
import { registerWitness } from '@/server/operations/witnesses/register-witness'
import { openSealingBed, type SealingBed } from '@/tests/support/witness/sealing-bed'

let bed: SealingBed
type Registered = Awaited<ReturnType<SealingBed['register']>>
let weather: Registered
let hospital: Registered
let county: Registered

beforeAll(async () => {
  bed = await openSealingBed()
  weather = await bed.register('weather')
  hospital = await bed.register('hospital')
  county = await bed.register('county')
  await bed.grow(5)
})
afterAll(() => bed.close())

const trees = async (token: string) => (await (await bed.ask(token, 'trees')).json()) as WatchedTrees
const offered = async (token: string, old = 0) => {
  const response = await bed.ask(
    token,
    `add-checkpoint?${new URLSearchParams({ origin: bed.origin, old: String(old) })}`,
  )
  return { status: response.status, text: await response.text() }
}
const cosign = async (token: string, signer: SignerKey, note: string, at = Date.now()) => {
  const { text } = parseNote(note)
  const { origin, size } = parseCheckpoint(text)
  const response = await bed.ask(
    token,
    `cosignatures?${new URLSearchParams({ origin, size: String(size) })}`,
    {
      method: 'POST',
      body: signatureLine(cosignNote(text, signer, at)),
    },
  )
  return response.status
}
const noteOf = (body: string) => body.slice(body.indexOf('\n\n') + 2)
const signNewest = async ({ token, signer }: Registered) =>
  cosign(token, signer, noteOf((await offered(token)).text))
const eventsOf = (type: string) =>
  bed.rows<{ workspace_id: string | null; actor_org_id: string; canonical: string }>(
    'select workspace_id, actor_org_id, canonical from audit_inbox where type = $1 order by at',
    [type],
  )

describe('who is let in', () => {
  it.each<[string, string | null]>([
    ['nobody', null],
    ['a token that is nobody’s', 'A'.repeat(43)],
    ['half a token', 'A'.repeat(20)],
  ])('%s: 401', async (_, token) => expect((await bed.ask(token, 'trees')).status).toBe(401))

  it('tokens are guessed slowly', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 40 }, async () => (await bed.ask('B'.repeat(43), 'trees')).status),
    )
    expect(statuses).toContain(429)
    bed.clock.ahead += 60_000
    expect((await bed.ask(weather.token, 'trees')).status).toBe(200)
  })

  it('the token is kept as a hash alone', async () => {
    const rows = await bed.rows<{ row: string }>('select w::text as row from audit_witnesses w')
    expect(rows.some(({ row }) => row.includes(weather.token))).toBe(false)
    const clear = await bed.rows<{ canonical: string }>('select canonical from audit_inbox')
    expect(clear.some(({ canonical }) => canonical.includes(weather.token))).toBe(false)
  })

  it('a page of another site cannot speak for it; other doors do not open to its token', async () => {
    const path = 'cosignatures?origin=x&size=1'
    const headers = { origin: 'https://evil.example' }
    expect((await bed.ask(weather.token, path, { method: 'POST', body: 'x', headers })).status).toBe(403)
    const elsewhere = await fetch(`${bed.address}/api/trpc/me.get`, {
      method: 'POST',
      body: '{}',
      headers: { authorization: `Bearer ${weather.token}` },
    })
    expect(elsewhere.status).toBe(403)
  })
})

describe('what is shown', () => {
  it('the trees that its organisation takes part in, and no others', async () => {
    const other = await bed.world.workspace(bed.orgs.county, { title: 'Elsewhere' })
    await bed.world.participation(other, bed.orgs.county)
    await bed.accept(other)
    await bed.grow()
    const [mine, theirs] = [await trees(weather.token), await trees(county.token)]
    expect(mine.trees.map(({ origin }) => origin)).not.toContain(bed.origin.replace(bed.workspaceId, other))
    expect(theirs.trees.map(({ origin }) => origin)).toContain(bed.origin.replace(bed.workspaceId, other))
    expect(mine.witness).toBe('weather.example/witness')
    expect(mine.logKeys).toHaveLength(1)
  })
  it('one and the same checkpoint to all within a window, also while the tree grows', async () => {
    const before = await offered(weather.token)
    await bed.accept(bed.workspaceId)
    await bed.sequence()
    await bed.sign()
    expect(await offered(hospital.token)).toEqual(before)
  })
  it('a proof from where the witness stands', async () => {
    const { checkpoint } = parseAddCheckpoint((await offered(weather.token)).text)
    await bed.grow(3)
    const next = parseAddCheckpoint((await offered(weather.token, checkpoint.size)).text)
    expect(next).toMatchObject({ old: checkpoint.size })
    expect(next.proof.length).toBeGreaterThan(0)
    expect(next.checkpoint.size).toBeGreaterThan(checkpoint.size)
  })
  it('hashes as C2SP tiles, and the newest head; of a foreign tree neither', async () => {
    const base = `log/workspace/${bed.workspaceId}`
    const leaf = await bed.ask(weather.token, `${base}/tile/0/000.p/1`)
    expect((await leaf.arrayBuffer()).byteLength).toBe(32)
    const head = await (await bed.ask(weather.token, `${base}/checkpoint`)).text()
    expect(parseCheckpoint(parseNote(head).text).origin).toBe(bed.origin)
    expect((await bed.ask(weather.token, `${base}/tile/0/999`)).status).toBe(404)
    const foreign = await bed.world.workspace(bed.orgs.county, { title: 'Foreign' })
    expect((await bed.ask(weather.token, `log/workspace/${foreign}/checkpoint`)).status).toBe(404)
  })
})

describe('its word', () => {
  it('is taken once; the first one ever is on record', async () => {
    expect(await signNewest(weather)).toBe(204)
    expect(await signNewest(weather)).toBe(204)
    expect(await bed.rows('select 1 as one from audit_cosignatures')).toHaveLength(1)
    const began = await eventsOf('witness.began')
    expect(began).toMatchObject([{ workspace_id: bed.workspaceId, actor_org_id: bed.orgs.weather }])
  })
  it('seals with more than half of the others; the host’s own does not count', async () => {
    await bed.grow()
    await signNewest(weather)
    await signNewest(county)
    const before = await readSeal(bed.db, bed.tree, bed.services.now())
    expect(before).toMatchObject({ of: 3, needed: 2, sealed: null, signedBy: [{ orgId: bed.orgs.weather }] })
    await signNewest(hospital)
    const after = await readSeal(bed.db, bed.tree, bed.services.now())
    expect(after?.sealed?.size).toBe(after?.size)
    expect(after?.signedBy.map(({ orgId }) => orgId).sort()).toEqual(
      [bed.orgs.weather, bed.orgs.hospital].sort(),
    )
  })
  it('two words under two different checkpoints seal nothing', async () => {
    await bed.grow()
    await signNewest(weather)
    await bed.grow()
    await signNewest(hospital)
    const seal = await readSeal(bed.db, bed.tree, bed.services.now())
    expect(seal?.sealed?.size).toBeLessThan((seal?.size ?? 0) - 1)
  })
  it('not with another key, not of another size, not from the future', async () => {
    const note = noteOf((await offered(hospital.token)).text)
    expect(await cosign(weather.token, hospital.signer, note)).toBe(400)
    expect(await cosign(weather.token, weather.signer, note, Date.now() + bed.clock.ahead + 3_600_000)).toBe(
      400,
    )
    const unknown = await bed.ask(weather.token, `cosignatures?origin=${bed.origin}&size=99999`, {
      method: 'POST',
      body: 'x\n',
    })
    expect(unknown.status).toBe(404)
  })
})

describe('its refusal', () => {
  it('is on record and told once, until it signs again', async () => {
    const report = JSON.stringify({
      origin: bed.origin,
      why: 'not_a_continuation',
      seen: null,
      shown: noteOf((await offered(weather.token)).text),
    })
    const send = () => bed.ask(weather.token, 'refusals', { method: 'POST', body: report })
    expect((await send()).status).toBe(204)
    await send()
    const [refused, ...more] = await eventsOf('witness.refused')
    expect(more).toEqual([])
    expect(JSON.parse(refused?.canonical ?? '')).toMatchObject({
      details: { why: 'not_a_continuation', shown: { byLog: true } },
    })
    const told = await bed.rows<{ person_id: string }>(
      `select person_id from notifications where kind = 'record.refused'`,
    )
    expect(told.map(({ person_id }) => person_id)).toEqual(
      expect.arrayContaining([bed.people.auditor.personId, bed.leads.weather.personId]),
    )
    await bed.grow()
    await signNewest(weather)
    await send()
    expect(await eventsOf('witness.refused')).toHaveLength(2)
  })
  it('that is no report: 400; of a tree that is not its own: 404', async () => {
    const send = (body: string) => bed.ask(weather.token, 'refusals', { method: 'POST', body })
    expect((await send('{}')).status).toBe(400)
    expect(
      (await send(JSON.stringify({ origin: 'x', why: 'other_root', seen: null, shown: null }))).status,
    ).toBe(404)
  })
})

describe('registering', () => {
  it('no key twice, also for another organisation, also once it has ended: one machine is one word', async () => {
    const [row] = await bed.rows<{ verifier_key: string }>(
      'select verifier_key from audit_witnesses where id = $1',
      [weather.id],
    )
    const again = { verifierKey: row?.verifier_key ?? '' }
    for (const who of [bed.leads.weather, bed.leads.hospital])
      await expect(runOperation(bed.services, who, registerWitness, again)).rejects.toMatchObject({
        code: 'conflict',
      })
  })
  it('one’s own alone are listed and ended', async () => {
    const { witnesses } = await runOperation(bed.services, bed.leads.hospital, listWitnesses, undefined)
    expect(witnesses.map(({ id }) => id)).toEqual([hospital.id])
    const foreign = runOperation(bed.services, bed.leads.hospital, endWitness, { witnessId: weather.id })
    await expect(foreign).rejects.toMatchObject({ code: 'missing' })
  })
  it('ended: its token opens nothing, its signature is not taken', async () => {
    const other = await bed.register('outside')
    expect((await bed.ask(other.token, 'trees')).status).toBe(200)
    await runOperation(bed.services, bed.leads.outside, endWitness, { witnessId: other.id })
    expect((await bed.ask(other.token, 'trees')).status).toBe(401)
    expect(await cosign(other.token, other.signer, noteOf((await offered(weather.token)).text))).toBe(401)
  })
  it('an organisation whose part has ended is shown nothing more of the workspace', async () => {
    await bed.db.query('update participations set ended_at = $2 where org_id = $1', [
      bed.orgs.weather,
      bed.services.now(),
    ])
    expect((await trees(weather.token)).trees.map(({ origin }) => origin)).not.toContain(bed.origin)
    expect((await offered(weather.token)).status).toBe(404)
    expect((await bed.ask(weather.token, `log/workspace/${bed.workspaceId}/checkpoint`)).status).toBe(404)
  })
})
