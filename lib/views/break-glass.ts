import type { Id } from '@/lib/ids'
import type { PersonView } from '@/lib/views/person'

/** Break-glass in one workspace: whether it is on, what waits for a key, and the looks that the reader may know of. */
export interface BreakGlassView {
  workspaceId: Id
  title: string
  enabled: boolean
  /** Somebody has asked to turn it on; a lead of the host and one of another organisation must agree. */
  pending: {
    releaseId: Id
    hash: string
    requestedBy: PersonView
    at: string
    expiresAt: string
    /** Whose key is missing. */
    missing: 'host' | 'other'
  } | null
  /** A review is overdue: until it is made nobody can break glass here. */
  blocked: boolean
  looks: LookView[]
  can: { ask: boolean; turn: boolean; decline: boolean; disable: boolean; why: string | null }
}

/** One emergency look. Only the originator's leads and stewards and the person themselves are told of it. */
export interface LookView {
  id: Id
  person: PersonView
  documentId: Id
  sectionId: Id
  /** For the originator; null for whoever has lost sight of it again. */
  title: string | null
  reason: string
  from: string
  /** When it ended or will end. */
  until: string
  open: boolean
  /** By when it must be reviewed. */
  dueAt: string
  overdue: boolean
  review: { by: PersonView; verdict: 'justified' | 'not_justified'; note: string; at: string } | null
  can: { end: boolean; review: boolean }
}
