import type { Id } from '@/lib/ids'
import type { Operation } from '@/server/operations/run-operation'
import { applyAtOnce } from '@/server/operations/sharing/apply-or-request'

/**
 * Asks: rule over the section. Everyone may again do what they could before it was frozen: where that is somebody of another
 * organisation, it is a widening like any other and asks for a release (R8).
 */
export const unfreezeSection: Operation<{ sectionId: Id }, void> = {
  event: 'section.unfrozen',
  run: (context, { sectionId }) => applyAtOnce(context, { sectionId }, { frozen: false }),
}
