import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addGroupMember } from '@/server/operations/groups/add-group-member'
import { createGroup } from '@/server/operations/groups/create-group'
import { endGroupMember } from '@/server/operations/groups/end-group-member'
import { renameGroup } from '@/server/operations/groups/rename-group'
import { addDomain } from '@/server/operations/organisation/add-domain'
import { getOrganisation } from '@/server/operations/organisation/get-organisation'
import { listOriginated } from '@/server/operations/organisation/list-originated'
import { makeAdministrator } from '@/server/operations/organisation/make-administrator'
import { searchPeople } from '@/server/operations/organisation/search-people'
import { unmakeAdministrator } from '@/server/operations/organisation/unmake-administrator'
import { runOperation } from '@/server/operations/run-operation'
import type { AccessScope } from '@/server/policy/access-scope'
import { authorize } from '@/server/policy/authorize'
import { openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
const published: AccessScope[] = []
beforeAll(async () => {
  plan = await openPlan()
  plan.services.accessChanges.subscribe((scope) => published.push(scope))
})
afterAll(() => plan.services.close())

describe('administrators', () => {
  const act = (
    operation: typeof makeAdministrator,
    personId: string,
    who: keyof Plan['people'] = 'countyLead',
  ) => runOperation(plan.services, plan.people[who], operation, { personId })

  it('the last one stays; a suspended one does not count; another agency’s people do not exist', async () => {
    const { people, world, orgs, newcomerId, suspendedId, elsewhere } = plan
    const mine = people.countyLead.personId
    await world.person(orgs.county, { administrator: true, state: 'suspended' })
    await expect(act(unmakeAdministrator, mine)).rejects.toMatchObject({
      code: 'conflict',
      forPeople: expect.stringContaining('last administrator'),
    })
    await expect(act(makeAdministrator, suspendedId)).rejects.toMatchObject({ code: 'conflict' })
    for (const id of [elsewhere.personId, people.hospitalEditor.personId])
      await expect(act(makeAdministrator, id)).rejects.toMatchObject({ code: 'missing' })
    await act(makeAdministrator, newcomerId)
    await act(unmakeAdministrator, mine)
    // What the session said a moment ago does not count.
    await expect(act(makeAdministrator, mine)).rejects.toMatchObject({ code: 'denied' })
    await plan.services.db.query('update people set is_administrator = true where id = $1', [mine])
  })

  it('of two who take each other’s rights at the same moment one stays', async () => {
    const { world, orgs, people } = plan
    const second = await world.person(orgs.hospital, { administrator: true })
    const other = await world.actor(second)
    const both = await Promise.allSettled([
      act(unmakeAdministrator, second, 'hospitalLead'),
      runOperation(plan.services, other, unmakeAdministrator, { personId: people.hospitalLead.personId }),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('domains', () => {
  const add = (domain: string, who: keyof Plan['people'] = 'countyLead') =>
    runOperation(plan.services, plan.people[who], addDomain, { domain })

  it.each([
    'gmail.com',
    'GMAIL.com',
    '*.county.example',
    'county',
    'county.example.',
    '.county.example',
    'county..example',
    ' county.example',
    'county.example/x',
    'a@county.example',
    'xn--cunty-yqa.example',
    'c\u043eunty.example',
    '127.0.0.1',
    '-county.example',
    `${'a'.repeat(64)}.example`,
  ])('%s is refused', async (domain) => {
    await expect(add(domain)).rejects.toMatchObject({ code: 'invalid' })
  })

  it('one owner per domain, in any case of letters', async () => {
    await plan.services.db.query('update people set is_administrator = true where id = $1', [
      plan.people.hospitalLead.personId,
    ])
    await add('County-Office.example')
    await expect(add('county-office.EXAMPLE', 'hospitalLead')).rejects.toMatchObject({ code: 'conflict' })
    const { rows } = await plan.services.db.query(
      `select org_id from organisation_domains where domain = 'county-office.example'`,
    )
    expect(rows).toEqual([{ org_id: plan.orgs.county }])
  })
})

describe('groups', () => {
  const levelOf = async (sectionId: string) => {
    const actor = plan.people.weatherEditor
    return authorize(plan.services.db, actor, { sectionId }, { ask: 'level', needs: 'read' }).then(
      ({ decision, validUntil }) => ({ level: decision.level, validUntil }),
      ({ code }: { code: string }) => ({ level: code, validUntil: null }),
    )
  }

  it('whoever is put into a group gets what a boundary gives it, until the end of either; rows are kept', async () => {
    const { world, orgs, people, documentId, services, weatherLead } = {
      ...plan,
      weatherLead: await plan.world.actor(
        await plan.world.person(plan.orgs.weather, { administrator: true, name: 'Wilma Weather' }),
      ),
    }
    const { groupId } = await runOperation(services, weatherLead, createGroup, { name: 'Night shift' })
    const sectionId = await world.section(documentId, orgs.county, { title: 'Rota', begun: true })
    await world.boundary({ sectionId }, [{ kind: 'group', id: groupId, max: 'edit' }])
    expect(await levelOf(sectionId)).toMatchObject({ level: 'hidden' })

    const { personId } = people.weatherEditor
    const until = new Date(Date.now() + 60_000)
    const input = { groupId, personId, until: until.toISOString() }
    await runOperation(services, weatherLead, addGroupMember, input)
    expect(published.at(-1)).toEqual({ personId })
    expect(await levelOf(sectionId)).toEqual({ level: 'edit', validUntil: until.getTime() })
    await expect(runOperation(services, weatherLead, addGroupMember, input)).rejects.toMatchObject({
      code: 'conflict',
    })
    await runOperation(services, weatherLead, endGroupMember, { groupId, personId })
    expect(published.at(-1)).toEqual({ personId })
    expect(await levelOf(sectionId)).toMatchObject({ level: 'hidden' })
    await expect(
      runOperation(services, weatherLead, endGroupMember, { groupId, personId }),
    ).rejects.toMatchObject({ code: 'missing' })
    await runOperation(services, weatherLead, addGroupMember, { ...input, until: null })
    const { rows } = await services.db.query(
      'select ended_by, valid_until is null as open from group_members where group_id = $1 order by valid_from, id',
      [groupId],
    )
    expect(rows).toEqual([
      { ended_by: weatherLead.personId, open: false },
      { ended_by: null, open: true },
    ])
  })

  it('holds only one’s own people; names are there once; other agencies’ groups do not exist', async () => {
    const { services, people, elsewhere } = plan
    const lead = people.countyLead
    const { groupId } = await runOperation(services, lead, createGroup, { name: 'Divers' })
    const put = (personId: string) =>
      runOperation(services, lead, addGroupMember, { groupId, personId, until: null })
    for (const id of [people.weatherEditor.personId, elsewhere.personId])
      await expect(put(id)).rejects.toMatchObject({ code: 'missing' })
    await expect(runOperation(services, lead, createGroup, { name: 'DIVERS' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await runOperation(services, people.hospitalLead, createGroup, { name: 'Divers' })
    await expect(
      runOperation(services, people.hospitalLead, renameGroup, { groupId, name: 'Mine' }),
    ).rejects.toMatchObject({ code: 'missing' })
  })
})

describe('search', () => {
  const search = (
    words: string,
    workspaceId: string | null = null,
    who: keyof Plan['people'] = 'countyReader',
  ) => runOperation(plan.services, plan.people[who], searchPeople, { words, workspaceId })
  const names = async (...asked: Parameters<typeof search>) =>
    (await search(...asked)).map(({ person }) => person.name)

  it('needs three characters, gives at most eight, takes wildcards as they are', async () => {
    for (const words of ['', 'hu', '  h  ', '%%'])
      await expect(search(words, plan.workspaceId)).rejects.toMatchObject({ code: 'invalid' })
    expect(await names('%%%', plan.workspaceId)).toEqual([])
    expect(await names('___', plan.workspaceId)).toEqual([])
    for (let n = 0; n < 12; n++) await plan.world.person(plan.orgs.county, { name: `Zed Number ${n}` })
    expect(await names('zed num')).toHaveLength(8)
  })

  it('finds colleagues, and others only in a workspace that one shares; others’ addresses neither shown nor searched', async () => {
    const { world, orgs, workspaceId, people, elsewhere } = plan
    expect(await names('hugo')).toEqual([])
    expect(await names('hugo', workspaceId)).toEqual(['Hugo Hospital'])
    await world.person(orgs.hospital, { name: 'Hilde Unseen', email: 'hilde.unseen@example.test' })
    expect(await names('hilde', workspaceId)).toEqual([])
    expect(await names('erik', workspaceId)).toEqual([])
    await expect(search('erik', elsewhere.workspaceId)).rejects.toMatchObject({ code: 'hidden' })
    const { rows } = await plan.services.db.query<{ email: string }>(
      'select email from people where id = $1',
      [people.hospitalEditor.personId],
    )
    expect(await names(rows[0]?.email ?? '', workspaceId)).toEqual([])
    const found = await search('hugo', workspaceId)
    expect(found.map(({ email, member }) => ({ email, member }))).toEqual([{ email: null, member: true }])
  })
})

describe('the page of one’s own organisation', () => {
  it('names its workspaces to administrators, and to others those they are in', async () => {
    const { services, people, world, orgs } = plan
    const second = await world.workspace(orgs.county, { title: 'Second' })
    await world.participation(second, orgs.county)
    const titles = async (who: keyof Plan['people']) =>
      (await runOperation(services, people[who], getOrganisation, undefined)).workspaces.map(
        ({ title, mine }) => [title, mine],
      )
    expect(await titles('countyLead')).toContainEqual(['Second', false])
    expect((await titles('countyReader')).map(([title]) => title)).not.toContain('Second')
  })

  it('[R5] lists what it originated as far as the reader may see it, and nothing of others', async () => {
    const { services, people, workspaceId, sections } = plan
    const own = async (who: keyof Plan['people']) =>
      (await runOperation(services, people[who], listOriginated, { workspaceId })).map(({ id }) => id)
    expect(await own('hospitalLead')).toContain(sections.closed)
    expect(await own('countyLead')).not.toContain(sections.closed)
    expect(await own('countyLead')).toContain(sections.open)
    expect(await own('countyReader')).toContain(sections.open)
    expect(await own('auditor')).toEqual([])
  })
})
