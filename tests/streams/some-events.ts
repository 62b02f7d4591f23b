import { createHash } from 'node:crypto'
import { canonicalRecord } from '@/lib/audit/canonical'
import type { EventDraft } from '@/lib/audit/event'
import { newId } from '@/lib/ids'
import type { StreamEvent } from '@/lib/streams/ocsf'

/** An event as a stream gets it, whatever else the draft says. */
export const streamEvent = (
  draft: Partial<EventDraft> & Pick<EventDraft, 'type'>,
  more: Partial<StreamEvent> = {},
): StreamEvent => {
  const canonical = canonicalRecord(
    {
      outcome: 'allowed',
      actor: { personId: newId(), orgId: newId(), sessionId: newId() },
      object: {},
      ...draft,
    },
    { id: newId(), at: new Date('2026-03-03T12:00:00.000Z'), commitments: {} },
  )
  const leafHash = createHash('sha256').update(`\0${canonical}`).digest('hex')
  return { tree: 'instance', index: 0, canonical, leafHash, clear: {}, ...more }
}
