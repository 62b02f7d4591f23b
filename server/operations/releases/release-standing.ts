import type { ReleaseView } from '@/lib/views/sharing'
import type { ReleaseRow } from '@/server/operations/releases/end-release'
import { authorizeKey, type KeyRow, refOfRelease } from '@/server/operations/releases/key-standing'
import type { OperationContext } from '@/server/operations/run-operation'
import { type Authorized, Refusal } from '@/server/policy/authorize'

/**
 * What the actor may do with a release. @throws Refusal for whoever may not see it: they neither rule over the object nor
 * hold a key.
 */
export const releaseStanding = async (
  context: OperationContext,
  { release, keys }: { release: ReleaseRow; keys: readonly KeyRow[] },
): Promise<{ authorized: Authorized; can: ReleaseView['can'] }> => {
  const key = await unlessRefused(authorizeKey(context, release, keys))
  const governing = await unlessRefused(context.authorize(refOfRelease(release), { ask: 'govern' }))
  if (key instanceof Refusal && governing instanceof Refusal) throw key
  const isOpen = release.state === 'pending' && release.expiresAt > context.at
  const hasTurned = keys.some(({ orgId }) => orgId === context.actor.orgId)
  const mayTurn = isOpen && !(key instanceof Refusal) && !hasTurned
  const authorized = governing instanceof Refusal ? (key as { authorized: Authorized }).authorized : governing
  return {
    authorized,
    can: {
      turn: mayTurn,
      decline: isOpen && !(key instanceof Refusal),
      withdraw: isOpen && !(governing instanceof Refusal),
      why: mayTurn || !isOpen ? null : hasTurned ? WAITS : key instanceof Refusal ? key.forPeople : null,
    },
  }
}

const WAITS = 'A key of your organisation is turned. Another organisation’s is still missing.'

const unlessRefused = async <Value>(answer: Promise<Value>): Promise<Value | Refusal> => {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}
