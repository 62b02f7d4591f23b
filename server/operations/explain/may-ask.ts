import type { SharingRef } from '@/lib/views/sharing'
import { concernsScope, scopeOf } from '@/server/audit/scope'
import type { OperationContext } from '@/server/operations/run-operation'
import { askAlso, NO_ID, Refusal } from '@/server/policy/authorize'

/** Of whom somebody may ask why they can see a thing, and whether they are shown its title. */
export type Asking = { about: 'everyone' | 'self'; isAuditor: boolean }

/**
 * Whoever rules over the object asks about everyone, whoever knows of it about themselves. Auditors of its workspace ask
 * about everyone on anything that is theirs to audit: who could see it belongs to the record.
 * @throws Refusal for everybody else: `hidden`, as for what is not there
 */
export const mayAsk = async (context: OperationContext, on: SharingRef): Promise<Asking> => {
  const known = await context.authorize(on, { ask: 'level', needs: 'discover' }).catch(refusal)
  if (!(known instanceof Refusal)) {
    // A guest sees what names them, and is not told who else is here: not even where a guest was let in to manage.
    const isGuest = known.facts.membership?.role === 'guest'
    const governs = !isGuest && askAlso(known, { ask: 'govern' }).allowed
    return { about: governs ? 'everyone' : 'self', isAuditor: false }
  }
  const governed = await context.authorize(on, { ask: 'govern' }).catch(refusal)
  if (!(governed instanceof Refusal)) return { about: 'everyone', isAuditor: false }
  const workspaceId = known.object.workspaceId ?? NO_ID
  const auditing = await context.authorize({ workspaceId }, { ask: 'record' }).catch(refusal)
  if (auditing instanceof Refusal) throw known
  if (!(await concernsScope(context.tx, on, scopeOf(auditing)))) throw known
  return { about: 'everyone', isAuditor: true }
}

const refusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error
  throw error
}
