import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { readRelease, refOfRelease } from '@/server/operations/releases/key-standing'
import type { OperationContext } from '@/server/operations/run-operation'
import { lockSharing } from '@/server/operations/sharing/lock-sharing'

/** The release, locked after its document as every change of sharing does; `hidden` where there is none. */
export const openRelease = async (context: OperationContext, releaseId: Id) => {
  const unlocked = await readRelease(context, releaseId, false)
  if (unlocked !== null) await lockSharing(context, refOfRelease(unlocked.release))
  const found = unlocked && (await readRelease(context, releaseId, true))
  if (found !== null) return found
  await context.authorize({ workspaceId: releaseId }, { ask: 'enter' })
  throw new Error('a release and a workspace with one id')
}

/** @throws DomainError `conflict` for one that has ended, or whose time is over */
export const assertPending = ({ state, expiresAt }: { state: string; expiresAt: Date }, at: Date): void => {
  if (state === 'pending' && expiresAt > at) return
  throw new DomainError('conflict', 'This release has ended: no key of it can be turned any more.')
}
