import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acceptInvitation } from '@/server/operations/entry/accept-invitation'
import { openInvitation } from '@/server/operations/entry/open-invitation'
import { handOverInvitation } from '@/server/operations/invitations/hand-over-invitation'
import { makeInvitationLink } from '@/server/operations/invitations/invitation-link'
import { inviteToOrganisation } from '@/server/operations/invitations/invite-to-organisation'
import { inviteToWorkspace } from '@/server/operations/invitations/invite-to-workspace'
import { listInvitations } from '@/server/operations/invitations/list-invitations'
import { resendInvitation } from '@/server/operations/invitations/resend-invitation'
import { withdrawInvitation } from '@/server/operations/invitations/withdraw-invitation'
import { runOperation } from '@/server/operations/run-operation'
import { source } from '@/tests/identity/support'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'

const HOUR = 3_600_000
const PASSWORD = 'seven lanterns by the weir'
const GONE = { code: 'denied' }

let plan: Plan
let clock = Date.now()
let count = 0
beforeAll(async () => {
  plan = await openPlan({ now: () => new Date(clock) })
  await plan.world.insert('organisation_domains', {
    org_id: plan.orgs.county,
    domain: 'county.example',
    added_by: plan.people.countyLead.personId,
  })
})
afterAll(() => plan.services.close())

const address = (domain = 'county.example') => `invited-${count++}@${domain}`
/** From another place each time: what is tested here is not the slow-down. */
const from = () => source(`198.51.100.${count++ % 250}`)
const toWorkspace = (email: string, who: keyof Plan['people'] = 'countyLead') =>
  runOperation(plan.services, plan.people[who], inviteToWorkspace, {
    ...{ email, name: 'Ida Invited', outside: false },
    ...{ workspaceId: plan.workspaceId, role: 'editor', until: null },
  })
const idOf = async (email: string): Promise<string> => {
  const { rows } = await plan.services.db.query<{ id: string }>(
    'select id from person_invitations where email = $1 order by created_at desc limit 1',
    [email],
  )
  return rows[0]?.id ?? ''
}
const linkOf = async (email: string): Promise<string> => {
  const id = await idOf(email)
  const made = await plan.services.db.transaction((tx) => makeInvitationLink(tx, id, plan.services.now()))
  return made?.path.split('#')[1] ?? ''
}
const open = (token: string) => openInvitation(plan.services, from(), { token })
const accept = (token: string) =>
  acceptInvitation(plan.services, from(), { token, name: 'Ida Invited', password: PASSWORD })
const accountsOf = async (email: string) =>
  (await plan.services.db.query<{ org_id: string }>('select org_id from people where email = $1', [email]))
    .rows

describe('a person invited into a workspace', () => {
  it('has an account and the role after accepting, once; nothing of the token is stored or on record', async () => {
    const email = address()
    expect(await toWorkspace(email)).toEqual({ outcome: 'sent', name: 'Ida Invited' })
    const token = await linkOf(email)
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(await open(token)).toMatchObject({
      email,
      organisation: 'County Emergency Management',
      workspace: { title: 'Flood response', role: 'editor', until: null },
      account: 'none',
    })
    expect(await accept(token)).toEqual({ email })
    expect(await accountsOf(email)).toEqual([{ org_id: plan.orgs.county }])
    const { rows } = await plan.services.db.query(
      `select m.role, m.granted_by from memberships m join people p on p.id = m.person_id
       where p.email = $1 and m.workspace_id = $2`,
      [email, plan.workspaceId],
    )
    expect(rows).toEqual([{ role: 'editor', granted_by: plan.people.countyLead.personId }])
    await expect(accept(token)).rejects.toMatchObject(GONE)
    await expect(open(token)).rejects.toMatchObject(GONE)
    const stored = await plan.services.db.query(
      'select i::text from person_invitations i union all select a.canonical from audit_inbox a union all select m::text from mail_outbox m',
    )
    expect(JSON.stringify(stored.rows)).not.toContain(token)
    const [accepted] = await eventsOf(plan, 'invitation.accepted')
    expect(accepted).toMatchObject({ outcome: 'allowed' })
  })

  it('of two who open it at the same moment one gets the account', async () => {
    const email = address()
    await toWorkspace(email)
    const token = await linkOf(email)
    const both = await Promise.allSettled([accept(token), accept(token)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await accountsOf(email)).toHaveLength(1)
  })

  it('a forwarded link makes the account of the invited address and of no other', async () => {
    const email = address()
    await toWorkspace(email)
    const asked = {
      token: await linkOf(email),
      name: 'Thief',
      password: PASSWORD,
      email: 'thief@example.test',
    }
    expect(await acceptInvitation(plan.services, from(), asked)).toEqual({ email })
    expect(await accountsOf('thief@example.test')).toEqual([])
  })

  it('a fresh link closes the earlier one; resending closes all; 72 hours close the last', async () => {
    const email = address()
    await toWorkspace(email)
    const first = await linkOf(email)
    const second = await linkOf(email)
    await expect(open(first)).rejects.toMatchObject(GONE)
    await open(second)
    const invitationId = await idOf(email)
    const resend = () =>
      runOperation(plan.services, plan.people.countyLead, resendInvitation, { invitationId })
    await expect(resend()).rejects.toMatchObject({ code: 'too_many' })
    clock += 2 * 60_000
    await resend()
    await expect(open(second)).rejects.toMatchObject(GONE)
    const third = await linkOf(email)
    clock += 71 * HOUR
    await open(third)
    clock += HOUR
    await expect(accept(third)).rejects.toMatchObject(GONE)
    expect(await linkOf(email)).toBe('')
    // The sessions of this world end after hours: back to where the others are.
    clock -= 72 * HOUR
  })

  it('is worth nothing once it is withdrawn, or its inviter is suspended or leads no more', async () => {
    const withdrawn = address()
    await toWorkspace(withdrawn)
    const token = await linkOf(withdrawn)
    const invitationId = await idOf(withdrawn)
    await runOperation(plan.services, plan.people.countyLead, withdrawInvitation, { invitationId })
    await expect(accept(token)).rejects.toMatchObject(GONE)
    const { rows } = await plan.services.db.query(
      'select 1 from mail_outbox where ref_id = $1 and closed_at is null',
      [invitationId],
    )
    expect(rows).toEqual([])

    const email = address()
    await toWorkspace(email)
    const late = await linkOf(email)
    const { personId } = plan.people.countyLead
    await plan.services.db.query(`update people set state = 'suspended' where id = $1`, [personId])
    await expect(accept(late)).rejects.toMatchObject(GONE)
    await plan.services.db.query(`update people set state = 'active' where id = $1`, [personId])
    expect(await accountsOf(email)).toEqual([])
    await accept(late)
  })

  it('a colleague who has an account is added straight away', async () => {
    const { rows } = await plan.services.db.query<{ email: string }>(
      'select email from people where id = $1',
      [plan.newcomerId],
    )
    const outside = { email: rows[0]?.email ?? '', name: 'Nora', outside: true }
    const answer = await runOperation(plan.services, plan.people.countyLead, inviteToWorkspace, {
      ...outside,
      ...{ workspaceId: plan.workspaceId, role: 'reader', until: null },
    })
    expect(answer).toEqual({ outcome: 'added', name: 'Nora County' })
  })
})

describe('an address of another organisation', () => {
  it('gets the same answer and the same rows; only who opens the link is told, and nothing is linked', async () => {
    const taken = address()
    await plan.world.person(plan.orgs.hospital, { email: taken })
    const free = address()
    const answers = [await toWorkspace(taken), await toWorkspace(free)]
    expect(answers[0]).toEqual(answers[1])
    const listed = await runOperation(plan.services, plan.people.countyLead, listInvitations, {
      workspaceId: plan.workspaceId,
    })
    const [a, b] = [taken, free].map((email) => listed.find((one) => one.email === email))
    expect({ ...a, id: '', email: '' }).toEqual({ ...b, id: '', email: '' })
    const token = await linkOf(taken)
    expect(await open(token)).toMatchObject({ account: 'other' })
    await expect(accept(token)).rejects.toMatchObject({
      code: 'conflict',
      forPeople: expect.stringContaining('another organisation'),
    })
    expect(await accountsOf(taken)).toEqual([{ org_id: plan.orgs.hospital }])
  })
})

describe('who may invite whom', () => {
  it('a lead who is no administrator: only addresses of the organisation’s own domains', async () => {
    const { world, orgs, workspaceId, services } = plan
    const personId = await world.person(orgs.county, { name: 'Lea Lead' })
    await world.membership(workspaceId, personId, 'lead')
    const lead = await world.actor(personId)
    const invite = (email: string, outside = true) =>
      runOperation(services, lead, inviteToWorkspace, {
        ...{ email, name: 'Ida', outside },
        ...{ workspaceId, role: 'reader', until: null },
      })
    await expect(invite(address('elsewhere.example'))).rejects.toMatchObject({ code: 'denied' })
    await expect(invite(address('sub.county.example'))).rejects.toMatchObject({ code: 'denied' })
    await expect(invite(address('county.example.evil.example'))).rejects.toMatchObject({ code: 'denied' })
    expect(await invite(address())).toMatchObject({ outcome: 'sent' })
  })

  it('an administrator: others only after saying so; nobody into another agency', async () => {
    const invite = (outside: boolean) =>
      runOperation(plan.services, plan.people.countyLead, inviteToOrganisation, {
        ...{ email: address('consultants.example'), name: 'Cora', outside },
      })
    await expect(invite(false)).rejects.toMatchObject({ code: 'invalid' })
    expect(await invite(true)).toMatchObject({ outcome: 'sent' })
    const email = address()
    await runOperation(plan.services, plan.people.hospitalLead, inviteToWorkspace, {
      ...{ email, name: 'Ida', outside: true, role: 'reader', until: null, workspaceId: plan.workspaceId },
    })
    expect(await open(await linkOf(email))).toMatchObject({ organisation: 'Hospital Network' })
  })

  it.each([
    '"ida lee"@county.example',
    'ida@county.example.',
    'ida.@county.example',
    'id a@county.example',
    'id\u0430@county.example',
    'ida@c\u043eunty.example',
    'ida@xn--cunty-yqa.example',
    'ida@county.example(comment)',
    '<ida@county.example>',
    'ida@evil.example@county.example',
    'ida@[127.0.0.1]',
  ])('%s is refused with the reason', async (email) => {
    await expect(toWorkspace(email)).rejects.toMatchObject({ code: 'invalid' })
    expect(await idOf(email)).toBe('')
  })

  it('only an administrator has a link to hand over, and foreign invitations do not exist', async () => {
    const email = address()
    await toWorkspace(email)
    const invitationId = await idOf(email)
    const handOver = (who: keyof Plan['people']) =>
      runOperation(plan.services, plan.people[who], handOverInvitation, { invitationId })
    await expect(handOver('hospitalLead')).rejects.toMatchObject({ code: 'missing' })
    const { link } = await handOver('countyLead')
    expect(link).toMatch(/^\/invited#/)
    await open(link.split('#')[1] ?? '')
  })
})
