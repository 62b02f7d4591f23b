import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { MalformedNote, parseVerifierKey, type VerifierKey } from '@/lib/audit/signed-note'
import { DomainError } from '@/lib/errors'
import { newId } from '@/lib/ids'
import type { RegisteredWitness } from '@/lib/views/sealing/witness'
import { auditWitnesses } from '@/server/db/schema/trees'
import { lockOwnPeople } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** More says nothing more: one word of an organisation counts, however many witnesses it has. */
const MOST = 5
const TOKEN_BYTES = 32

/**
 * A witness of the administrator's own organisation: from now on its signature is its organisation's word. Its key must be
 * nobody's yet, or one machine would count as two agencies. The token is shown once and kept as a hash.
 */
export const registerWitness: Operation<{ verifierKey: string }, RegisteredWitness> = {
  event: 'witness.registered',
  own: true,
  async run(context, { verifierKey: given }) {
    const { tx, actor, at } = context
    // Under this lock two administrators cannot both register the last one.
    await lockOwnPeople(tx, actor)
    const key = readKey(given)
    const own = await tx.orm
      .select({ endedAt: auditWitnesses.endedAt })
      .from(auditWitnesses)
      .where(eq(auditWitnesses.orgId, actor.orgId))
    if (own.filter(({ endedAt }) => endedAt === null).length >= MOST)
      throw new DomainError('conflict', `${actor.orgName} has ${MOST} witnesses. End one of them first.`)
    const token = randomBytes(TOKEN_BYTES).toString('base64url')
    const id = newId()
    const [added] = await tx.orm
      .insert(auditWitnesses)
      .values({
        id,
        orgId: actor.orgId,
        name: key.name,
        verifierKey: given.trim(),
        tokenHash: createHash('sha256').update(token).digest(),
        grantedBy: actor.personId,
        validFrom: at,
      })
      .onConflictDoNothing()
      .returning({ id: auditWitnesses.id })
    if (added === undefined)
      throw new DomainError(
        'conflict',
        'This key is registered already, or was. A key is one witness’s for ever: make a new one with liaison-witness init, in a new file.',
      )
    context.record({
      object: { targetId: id },
      after: { orgId: actor.orgId, name: key.name, verifierKey: given.trim() },
    })
    return { id, token }
  },
}

const readKey = (given: string): VerifierKey => {
  try {
    const key = parseVerifierKey(given.trim())
    if (key.type === 'cosignature') return key
  } catch (problem) {
    if (!(problem instanceof MalformedNote)) throw problem
  }
  throw new DomainError(
    'invalid',
    'This is no key of a witness. Copy the line that liaison-witness init printed, whole: it looks like county.example/witness+157dee60+B…',
  )
}
