import { createTransport, type Transporter } from 'nodemailer'
import { KINDS } from '@/lib/told/kinds'
import { claimMail, closeMail, composeMail, type MailRow, queueNotices } from '@/server/mail/mail-rows'
import type { Services } from '@/server/services'

const EVERY_MS = 5_000
/** After so long a mail is given up: it stands among the unsent ones with what the server said. */
const GIVE_UP_MS = 24 * 3_600_000
const AT_ONCE = 50
const BY_DEFAULT = Object.entries(KINDS).flatMap(([kind, { mail }]) => (mail ? [kind] : []))

/**
 * Sends what waits, if there is a mail server. Composed and claimed in one transaction, sent outside of it: a slow mail server
 * holds nothing up. A node that dies in between sends it again later; a link in it is then a new one.
 */
export const startMail = (
  services: Services,
  transport: Pick<Transporter, 'sendMail'> | null = transportOf(services),
): { runNow(): Promise<void>; stop(): Promise<void> } => {
  let stopped = false
  let under: Promise<void> = Promise.resolve()
  const round = async (): Promise<void> => {
    if (transport === null || stopped) return
    try {
      await services.db.transaction((tx) => queueNotices(tx, BY_DEFAULT))
      for (let i = 0; i < AT_ONCE && !stopped && (await sendNext(services, transport)); i++);
    } catch (error) {
      services.log.error({ err: error }, 'mail could not be sent')
    }
  }
  const runNow = () => {
    under = under.then(round)
    return under
  }
  const timer = setInterval(() => void runNow(), EVERY_MS)
  timer.unref()
  return {
    runNow,
    async stop() {
      stopped = true
      clearInterval(timer)
      await under
    },
  }
}

const transportOf = ({ env }: Services): Transporter | null =>
  env.smtpUrl === null
    ? null
    : createTransport(env.smtpUrl, { disableFileAccess: true, disableUrlAccess: true })

/** @returns whether there was one */
const sendNext = async (services: Services, transport: Pick<Transporter, 'sendMail'>): Promise<boolean> => {
  const { db, env } = services
  const now = services.now()
  const claimed = await db.transaction(async (tx) => {
    const row = await claimMail(tx, now)
    if (row === null) return null
    const mail = await composeMail(tx, row, env.publicUrl, now)
    if (mail === null) await closeMail(tx, row.id, { closedAt: now })
    return { row, mail }
  })
  if (claimed === null) return false
  const { row, mail } = claimed
  if (mail === null) return true
  try {
    await transport.sendMail({ from: env.mailFrom, headers: { 'Auto-Submitted': 'auto-generated' }, ...mail })
    await closeMail(db, row.id, { sentAt: services.now() })
  } catch (error) {
    await failed(services, row, error)
  }
  return true
}

const failed = async (services: Services, row: MailRow, error: unknown): Promise<void> => {
  // What a mail server says may name the address: it is kept for those who sent it, not in the log.
  const lastError = (error instanceof Error ? error.message : String(error))
    .replace(/\s+/g, ' ')
    .slice(0, 300)
  const now = services.now()
  const isOver = now.getTime() - row.at.getTime() > GIVE_UP_MS
  services.log.warn({ mail: row.id, attempts: row.attempts, givenUp: isOver }, 'a mail was not taken')
  const end = isOver && row.kind === 'notification' ? { closedAt: now } : {}
  await closeMail(services.db, row.id, { lastError, ...end })
}
