import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Id, newId } from '@/lib/ids'
import { invitationMail, noticeMail, offerMail } from '@/server/mail/compose'
import { startMail } from '@/server/mail/send-mail'
import { openOfferLink } from '@/server/operations/entry/open-offer-link'
import { chooseMail } from '@/server/operations/inbox/choose-mail'
import { listUnsentMail } from '@/server/operations/mail/list-unsent-mail'
import { showMailLink } from '@/server/operations/mail/show-mail-link'
import { withdrawOffer } from '@/server/operations/offers/withdraw-offer'
import { runOperation } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { freshPartnership, invited } from '@/tests/operations/partnership/fresh-partnership'
import { openPlan, type Plan } from '@/tests/operations/plan'

let plan: Plan
let received: { to: string; raw: string }[] = []
let refusing = false
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onRcptTo: (_address, _session, done) => done(refusing ? new Error('mailbox unavailable') : undefined),
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    stream.on('end', () => {
      received.push({
        to: session.envelope.rcptTo.map(({ address }) => address).join(),
        raw: Buffer.concat(chunks).toString('utf8'),
      })
      done()
    })
  },
})
let mail: ReturnType<typeof startMail>
let now: Date | null = null
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()))
  const { port } = server.server.address() as { port: number }
  plan = await openPlan({ now: () => now ?? new Date() })
  plan.services.env.smtpUrl = `smtp://127.0.0.1:${port}`
  plan.services.env.mailFrom = 'liaison@host.test'
  mail = startMail(plan.services)
})
afterAll(async () => {
  await mail.stop()
  await new Promise<void>((closed) => server.close(() => closed()))
  await plan.services.close()
})
beforeEach(async () => {
  received = []
  refusing = false
  now = null
  await plan.services.db.query('delete from mail_outbox')
  await plan.services.db.query('delete from notifications')
})
afterEach(() => {
  refusing = false
})

const waiting = async () => {
  const { rows } = await plan.services.db.query<{
    attempts: number
    last_error: string | null
    sent: boolean
  }>('select attempts, last_error, sent_at is not null as sent from mail_outbox')
  return rows
}
const due = () => plan.services.db.query('update mail_outbox set next_at = now()')
const invite = async (email = `${newId().slice(-8)}@agency.test`) => {
  const { workspaceId } = await freshPartnership(plan, [])
  return { workspaceId, email, ...(await invited(plan, workspaceId, email)) }
}
/** As a mail client reads it. */
const read = (raw: string) => raw.replace(/=\r\n/g, '').replaceAll('=3D', '=')

describe('an invitation', () => {
  it('leaves once, to its address, with a link that opens it', async () => {
    const { email, offerId } = await invite()
    await mail.runNow()
    await mail.runNow()
    expect(received.map(({ to }) => to)).toEqual([email])
    const text = read(received[0]?.raw ?? '')
    const token = /\/offer-link#([\w-]{43})/.exec(text)?.[1] ?? ''
    const source = { address: '127.0.0.9', userAgent: 'test', requestId: 'r' }
    expect(await openOfferLink(plan.services, source, { token })).toMatchObject({ offerId, email })
    const { rows } = await plan.services.db.query('select * from mail_outbox')
    expect(JSON.stringify(rows)).not.toContain(token)
  })
  it('that was taken back meanwhile does not leave', async () => {
    const { offerId } = await invite()
    await runOperation(plan.services, plan.people.countyLead, withdrawOffer, { offerId })
    await mail.runNow()
    expect(received).toEqual([])
  })
  it('is tried again, later each time, while the mail server refuses it', async () => {
    refusing = true
    await invite()
    await mail.runNow()
    expect(await waiting()).toMatchObject([
      { attempts: 1, sent: false, last_error: expect.stringContaining('mailbox') },
    ])
    await mail.runNow()
    expect(await waiting()).toMatchObject([{ attempts: 1 }])
    const seen = await runOperation(plan.services, plan.people.countyLead, listUnsentMail, undefined)
    expect(seen).toMatchObject({
      configured: true,
      mails: [{ attempts: 1, error: expect.stringContaining('mailbox') }],
    })
    refusing = false
    await due()
    await mail.runNow()
    expect(received).toHaveLength(1)
  })
})

describe('what was told', () => {
  const tell = async (kind: 'release.requested' | 'mention') => {
    await plan.services.db.transaction((tx) =>
      notify(tx, [plan.people.weatherSteward.personId], {
        kind,
        workspaceId: plan.workspaceId,
        documentId: plan.documentId,
        sectionId: plan.sections.shared,
      }),
    )
  }
  const aged = (text: string) =>
    plan.services.db.query(`update notifications set at = now() - interval '${text}'`)

  it('comes as mail when it is not read within a minute, without a word of what it is about', async () => {
    await tell('release.requested')
    await mail.runNow()
    expect(received).toEqual([])
    await aged('2 minutes')
    await mail.runNow()
    await mail.runNow()
    expect(received).toHaveLength(1)
    expect(read(received[0]?.raw ?? '')).not.toMatch(/Forecast|Flood|Clara|Wendy/)
  })
  it('comes not at all once it was read, nor after a day, nor where somebody does not want it', async () => {
    await tell('release.requested')
    await plan.services.db.query('update notifications set read_at = now()')
    await aged('2 minutes')
    await mail.runNow()
    await plan.services.db.query('update notifications set read_at = null')
    await aged('25 hours')
    await mail.runNow()
    await runOperation(plan.services, plan.people.weatherSteward, chooseMail, {
      kind: 'release.requested',
      choice: 'never',
    })
    await aged('2 minutes')
    await mail.runNow()
    expect(received).toEqual([])
  })
  it('comes where somebody wants a kind that is silent for others', async () => {
    await tell('mention')
    await aged('2 minutes')
    await mail.runNow()
    expect(received).toEqual([])
    await runOperation(plan.services, plan.people.weatherSteward, chooseMail, {
      kind: 'mention',
      choice: 'at_once',
    })
    await mail.runNow()
    expect(received).toHaveLength(1)
  })
})

describe('handed over by hand', () => {
  const mailOf = async (refId: Id) => {
    const { rows } = await plan.services.db.query<{ id: Id }>(
      'select id from mail_outbox where ref_id = $1',
      [refId],
    )
    return rows[0]?.id ?? ''
  }
  it('the link of an offer is for operators alone; another organisation’s mail is nobody’s else', async () => {
    const { offerId } = await invite()
    const mailId = await mailOf(offerId)
    const show = (who: Plan['people']['guest']) => runOperation(plan.services, who, showMailLink, { mailId })
    await expect(show(plan.people.countyLead)).rejects.toMatchObject({ code: 'denied' })
    await expect(show(plan.people.hospitalLead)).rejects.toMatchObject({ code: 'missing' })
    const operator = await plan.world.actor(await plan.world.person(plan.orgs.hospital, { operator: true }))
    expect(await runOperation(plan.services, operator, showMailLink, { mailId })).toMatchObject({
      text: expect.stringContaining('/offer-link#'),
    })
  })
})

it('no name can add a header, a line or a hidden character', () => {
  const evil = { organisation: 'Agency\r\nBcc: x@y.test\u202e', by: 'A\u0000B\n\nclick http://evil.test' }
  for (const write of [invitationMail, offerMail]) {
    const made = write('a@b.test', evil, 'https://host.test/x#t')
    expect(made.subject).not.toMatch(/[\p{Cc}\u202e]/u)
    expect(made.text).not.toMatch(/\u202e|\nBcc/)
  }
  expect(noticeMail('a@b.test', 'mention', 'https://host.test').subject).not.toMatch(/[\r\n]/)
})
