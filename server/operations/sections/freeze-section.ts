import type { Id } from '@/lib/ids'
import type { Operation } from '@/server/operations/run-operation'
import { applyAtOnce } from '@/server/operations/sharing/apply-or-request'

/** Asks: rule over the section. From the commit on, nobody writes (R8); everyone keeps reading. */
export const freezeSection: Operation<{ sectionId: Id }, void> = {
  event: 'section.frozen',
  run: (context, { sectionId }) => applyAtOnce(context, { sectionId }, { frozen: true }),
}
