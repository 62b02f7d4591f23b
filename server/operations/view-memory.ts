import { createHash } from 'node:crypto'
import type { EventObject } from '@/lib/audit/event'
import type { Services } from '@/server/services'

const FRESH_MS = 10 * 60_000
const CAPACITY = 20_000

interface View {
  key: string
  fingerprint: string
}

/**
 * What each session was last recorded as having been shown, so that a page that asks again every few seconds does
 * not fill the record. Per process and forgetful on purpose: forgetting only means one event more.
 */
class ViewMemory {
  private readonly recorded = new Map<string, { fingerprint: string; at: number }>()

  describe(sessionId: string, event: string, object: EventObject, seen: unknown): View {
    const place = [object.workspaceId, object.documentId, object.sectionId, object.targetId].join(':')
    const fingerprint = createHash('sha256').update(JSON.stringify(seen)).digest('base64')
    return { key: `${sessionId}:${event}:${place}`, fingerprint }
  }

  isFresh(view: View, at: Date): boolean {
    const last = this.recorded.get(view.key)
    return last !== undefined && last.fingerprint === view.fingerprint && at.getTime() - last.at < FRESH_MS
  }

  /** Call after the commit of the event: what was rolled back was not recorded. */
  remember(view: View, at: Date): void {
    this.recorded.delete(view.key)
    this.recorded.set(view.key, { fingerprint: view.fingerprint, at: at.getTime() })
    const oldest = this.recorded.keys().next()
    if (this.recorded.size > CAPACITY && !oldest.done) this.recorded.delete(oldest.value)
  }
}

const memories = new WeakMap<Services, ViewMemory>()

/** The memory of one running server: it lives and dies with its services. */
export const viewsOf = (services: Services): ViewMemory => {
  const known = memories.get(services)
  if (known !== undefined) return known
  const fresh = new ViewMemory()
  memories.set(services, fresh)
  return fresh
}
