import { Writable } from 'node:stream'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readClearValues } from '@/server/audit/clear-values'
import { sequenceBatch } from '@/server/audit/sequence'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import { erasePerson } from '@/server/operations/erasure/erase-person'
import { listErasable } from '@/server/operations/erasure/list-erasable'
import { liftHold } from '@/server/operations/holds/lift-hold'
import { placeHoldHere } from '@/server/operations/holds/place-hold-here'
import { placeOwnHold } from '@/server/operations/holds/place-own-hold'
import { reinstatePerson } from '@/server/operations/identity/reinstate-person'
import { suspendPerson } from '@/server/operations/identity/suspend-person'
import { readRecordEvent } from '@/server/operations/record/read-record-event'
import { runOperation } from '@/server/operations/run-operation'
import { ADDRESS, EMAIL, NAME, zelda } from '@/tests/operations/erasure/zelda'
import { eventsOf, openPlan, type Plan, traceOf } from '@/tests/operations/plan'

let plan: Plan
let logged = ''
beforeEach(async () => {
  logged = ''
  const log = pino(
    { level: 'trace' },
    new Writable({
      write(chunk, _, done) {
        logged += String(chunk)
        done()
      },
    }),
  )
  plan = await openPlan({ log })
})
afterEach(() => plan.services.close())

const run = <In, Out>(
  operation: Parameters<typeof runOperation<In, Out>>[2],
  input: In,
  who: keyof Plan['people'] = 'countyLead',
) => runOperation(plan.services, plan.people[who], operation, input)

const WORDS = [NAME, 'Zelda', 'Quillfeather', EMAIL, ADDRESS]

/** Where any of her words stands: in any row of any table, as text or as bytes. */
const findings = async () => {
  const { db } = plan.services
  const { rows: tables } = await db.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of tables)
    for (const word of WORDS) {
      const hex = Buffer.from(word).toString('hex')
      const { rows } = await db.query(
        `select 1 from "${name}" t where t::text ilike $1 or t::text ilike $2 limit 1`,
        [`%${word}%`, `%${hex}%`],
      )
      if (rows.length > 0) found.push(`${name}: ${word}`)
    }
  return { tables: tables.length, found }
}

const clearOf = async () => {
  const { rows } = await plan.services.db.query<{ id: string }>('select id from audit_inbox')
  const all = await readClearValues(
    plan.services.db,
    plan.services.personKeys,
    rows.map(({ id }) => id),
    { kind: 'whole' },
  )
  return [...all.values()].flat()
}

const sequenced = async () => {
  for (let more = true; more; ) {
    const moved = await sequenceBatch(plan.services)
    more = typeof moved === 'object' && moved.taken > 0
  }
  const { rows } = await plan.services.db.query(
    `select l.tree, l.index, l.leaf_hash, l.leaf_hash = sha256('\\x00'::bytea || convert_to(i.canonical, 'UTF8')) as holds
     from audit_log l join audit_inbox i on i.id = l.event_id order by 1, 2`,
  )
  return rows
}

describe('erasure', () => {
  test('no table and no log holds name, e-mail or address of an erased person; the record verifies as before', async () => {
    const { personId } = await zelda(plan)
    await run(suspendPerson, { personId })
    expect((await findings()).found.length).toBeGreaterThan(5)
    const before = await sequenced()
    expect(JSON.stringify(await clearOf())).toContain('Quillfeather')
    const [shown] = (await run(listErasable, undefined)).people.filter(({ id }) => id === personId)
    expect(shown).toMatchObject({ name: NAME, sessions: 1, memberships: 1, invitations: 1, hold: null })
    expect(shown?.values).toBeGreaterThan(4)

    await run(erasePerson, { personId, name: NAME })

    const { tables, found } = await findings()
    expect(tables).toBeGreaterThan(40)
    expect(found).toEqual([])
    expect(logged).not.toMatch(/zelda|quillfeather/i)
    const clear = await clearOf()
    expect(JSON.stringify(clear)).not.toMatch(/quillfeather|203\.0\.113\.77/i)
    expect(clear.filter(({ gone }) => gone?.because === 'erased').length).toBeGreaterThan(4)
    expect((await verifyWriterChains(plan.services.db)).faults).toEqual([])
    const after = await sequenced()
    expect(
      after.filter((row) => before.some((old) => old.tree === row.tree && old.index === row.index)),
    ).toEqual(before)
    expect(after.every(({ holds }) => holds)).toBe(true)
    const listed = await run(listErasable, undefined)
    expect(listed.erased.map(({ id }) => id)).toEqual([personId])
    expect(listed.people.map(({ id }) => id)).not.toContain(personId)
  })

  test('an entry of theirs says what was erased, and when', async () => {
    const { workspaceId, services } = plan
    const { personId } = await zelda(plan)
    const { rows } = await services.db.query<{ id: string }>(
      `select id from audit_inbox where actor_person_id = $1 and type = 'document.viewed' limit 1`,
      [personId],
    )
    const eventId = rows[0]?.id ?? ''
    const shown = () => run(readRecordEvent, { workspaceId, eventId }, 'auditor')
    expect((await shown()).personal).toEqual([{ name: 'address', gone: null }])
    await run(suspendPerson, { personId })
    await run(erasePerson, { personId, name: NAME })
    expect((await shown()).personal).toEqual([
      { name: 'address', gone: { at: expect.stringMatching(/^\d{4}-.*Z$/), because: 'erased' } },
    ])
  })

  test('is on record in the instance and in every workspace the person belonged to; its auditors are told', async () => {
    const { personId } = await zelda(plan)
    await run(suspendPerson, { personId })
    await run(erasePerson, { personId, name: NAME })
    const events = await eventsOf(plan, 'person.erased')
    expect(events.map(({ workspace_id }) => workspace_id).sort()).toEqual([plan.workspaceId, null])
    expect(events.map(({ says }) => says.object)).toContainEqual({ target: personId })
    const { rows } = await plan.services.db.query<{ person_id: string }>(
      `select person_id from notifications where kind = 'person.erased'`,
    )
    expect(rows).toEqual([{ person_id: plan.people.auditor.personId }])
  })

  test('an erased person never comes back', async () => {
    const { personId } = await zelda(plan)
    await run(suspendPerson, { personId })
    await run(erasePerson, { personId, name: NAME })
    await expect(run(reinstatePerson, { personId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(run(erasePerson, { personId, name: 'Erased person' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('nobody who can still sign in, not oneself, not without the right name, not by others', async () => {
    const { personId } = await zelda(plan)
    const erase = (input: { personId: string; name: string }, who?: keyof Plan['people']) =>
      run(erasePerson, input, who)
    await expect(erase({ personId, name: NAME })).rejects.toMatchObject({ code: 'conflict' })
    await run(suspendPerson, { personId })
    const me = plan.people.countyLead.personId
    const before = await traceOf(plan)
    await expect(erase({ personId: me, name: 'Clara County' })).rejects.toMatchObject({ code: 'denied' })
    await expect(erase({ personId, name: 'Zelda' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(erase({ personId, name: NAME }, 'hospitalLead')).rejects.toMatchObject({ code: 'missing' })
    await expect(erase({ personId, name: NAME }, 'countyReader')).rejects.toMatchObject({ code: 'denied' })
    const after = await traceOf(plan)
    expect(
      Object.keys(after).filter((table) => after[table] !== before[table] && !table.startsWith('audit_')),
    ).toEqual([])
  })

  test('asks for a fresh proof', async () => {
    const { personId } = await zelda(plan)
    await run(suspendPerson, { personId })
    await plan.services.db.query(`update sessions set confirmed_at = now() - interval '6 minutes'`)
    await expect(run(erasePerson, { personId, name: NAME })).rejects.toMatchObject({
      details: { confirm: true },
    })
  })
})

describe('legal holds', () => {
  const reason = 'The inquiry of March needs it.'
  const refused = { code: 'conflict', details: { ask: expect.any(String) } }

  test.each(['person', 'organisation', 'workspace'] as const)(
    'on a %s: nothing is erased until two have lifted it',
    async (kind) => {
      const { personId } = await zelda(plan)
      await run(suspendPerson, { personId })
      const here = { workspaceId: plan.workspaceId, reason, personId: null, orgId: null }
      const subject =
        kind === 'person' ? { personId } : kind === 'organisation' ? { orgId: plan.orgs.county } : {}
      const { holdId } = await run(placeHoldHere, { ...here, ...subject }, 'auditor')
      const erase = () => run(erasePerson, { personId, name: NAME })
      await expect(erase()).rejects.toMatchObject(refused)
      await expect(erase()).rejects.toThrow(new RegExp(holdId))
      const [shown] = (await run(listErasable, undefined)).people.filter(({ id }) => id === personId)
      expect(shown?.hold).toEqual({ id: holdId, kind, ask: 'an auditor of Flood response' })

      // An administrator lifts no auditor's hold; an auditor alone does not either.
      await expect(run(liftHold, { holdId })).rejects.toMatchObject({ code: 'denied' })
      expect(await run(liftHold, { holdId }, 'auditor')).toEqual({ lifted: false })
      await expect(run(liftHold, { holdId }, 'auditor')).rejects.toMatchObject({ code: 'conflict' })
      await expect(erase()).rejects.toMatchObject(refused)
      const second = await plan.world.person(plan.orgs.weather, { name: 'Second Auditor' })
      await plan.world.membership(plan.workspaceId, second, 'auditor')
      const other = await plan.world.actor(second)
      expect(await runOperation(plan.services, other, liftHold, { holdId })).toEqual({ lifted: true })
      await erase()
      expect(
        (await eventsOf(plan, 'hold.lifted')).filter(({ outcome }) => outcome === 'allowed'),
      ).toHaveLength(1)
    },
  )

  test('an administrator’s own hold is lifted by two administrators; another agency’s are nothing to them', async () => {
    const { personId } = await zelda(plan)
    await run(suspendPerson, { personId })
    const { holdId } = await run(placeOwnHold, { personId, reason })
    await expect(run(erasePerson, { personId, name: NAME })).rejects.toMatchObject(refused)
    await expect(run(liftHold, { holdId }, 'hospitalLead')).rejects.toMatchObject({ code: 'missing' })
    await run(liftHold, { holdId })
    await expect(run(liftHold, { holdId })).rejects.toMatchObject({ code: 'conflict' })
    const second = await plan.world.person(plan.orgs.county, { name: 'Second Lead', administrator: true })
    await runOperation(plan.services, await plan.world.actor(second), liftHold, { holdId })
    await run(erasePerson, { personId, name: NAME })
  })

  test('a hold stays as it was placed, whatever a query says', async () => {
    const { holdId } = await run(placeOwnHold, { personId: null, reason })
    const kept = { code: '23001' }
    const query = (text: string) => plan.services.db.query(text)
    await expect(query('delete from legal_holds')).rejects.toMatchObject(kept)
    await expect(query('truncate legal_holds')).rejects.toMatchObject(kept)
    await expect(query(`update legal_holds set reason = 'x' where id = '${holdId}'`)).rejects.toMatchObject(
      kept,
    )
    // Not by one alone: a constraint says so besides the operation.
    await expect(
      query(`update legal_holds set lifted_by = placed_by, lifted_at = now() where id = '${holdId}'`),
    ).rejects.toMatchObject({ code: '23514' })
  })
})
