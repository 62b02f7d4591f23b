import type { EventType, Outcome } from '@/lib/audit/catalogue'
import type { Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import { OCSF_CLASSES, type OcsfClass, ocsfKindOf } from '@/lib/streams/ocsf-classes'

/** The schema that events are told in (https://schema.ocsf.io/1.3.0), and the number of our own way to tell them in it. */
export const OCSF_VERSION = '1.3.0'
export const MAPPING_VERSION = 'liaison-ocsf-1'

/** One event of the record in its place, as a stream gets it. */
export interface StreamEvent {
  tree: string
  index: number
  /** Hex of the RFC 6962 leaf hash. */
  leafHash: string
  /** The text that was hashed. */
  canonical: string
  /** Personal values of the stream's own organisation; empty for all others. */
  clear: Readonly<Record<string, Json>>
}

/** What of a canonical record the mapping looks at. */
interface Members {
  id: Id
  at: string
  type: EventType
  outcome: Outcome
  actor: { person?: Id; org?: Id; session?: Id }
  object: { workspace?: Id; document?: Id; section?: Id; target?: Id }
  decision?: { rule: string; level: string }
  correlation?: string
  details?: Record<string, Json>
}

export type OcsfEvent = { readonly [key: string]: Json }

/** Told apart from the ordinary by a severity of their own. */
const HIGH: ReadonlySet<string> = new Set([
  'section.damaged',
  'section.reseed_opened',
  'break_glass.opened',
  'record.gap_found',
  'record.restored',
])

const INFORMATIONAL = [1, 'Informational'] as const
const MEDIUM = [3, 'Medium'] as const
const HIGH_SEVERITY = [4, 'High'] as const

/**
 * An event of the record in the words of OCSF. Everything comes from the canonical text, which goes along whole as
 * `raw_data`; where it stands in which tree is in `metadata` and, with the leaf hash, in `unmapped`. Never content.
 */
export const ocsfOf = ({ tree, index, leafHash, canonical, clear }: StreamEvent): OcsfEvent => {
  const event = JSON.parse(canonical) as Members
  const kind = ocsfKindOf(event.type)
  const { uid, category, name, categoryName } = OCSF_CLASSES[kind.class]
  const [severityId, severity] = severityOf(event)
  const allowed = event.outcome === 'allowed'
  const { address, ...otherClear } = clear
  return {
    activity_id: kind.activityId,
    activity_name: kind.activityName,
    category_uid: category,
    category_name: categoryName,
    class_uid: uid,
    class_name: name,
    type_uid: uid * 100 + kind.activityId,
    type_name: `${name}: ${kind.activityName}`,
    time: Date.parse(event.at),
    severity_id: severityId,
    severity,
    status_id: allowed ? 1 : 2,
    status: allowed ? 'Success' : 'Failure',
    ...(event.decision === undefined ? {} : { status_code: event.decision.rule }),
    ...(allowed ? {} : { status_detail: event.outcome }),
    message: event.type,
    metadata: {
      version: OCSF_VERSION,
      product: { name: 'Liaison', vendor_name: 'Liaison' },
      uid: event.id,
      event_code: event.type,
      log_name: tree,
      log_provider: 'Liaison',
      log_version: MAPPING_VERSION,
      sequence: index,
      original_time: event.at,
      labels: [`leaf:${leafHash}`],
      ...(event.correlation === undefined ? {} : { correlation_uid: event.correlation }),
    },
    ...actorOf(event),
    ...(typeof address === 'string' ? { src_endpoint: { ip: address } } : {}),
    ...PARTS[kind.class](event),
    unmapped: {
      tree,
      index,
      leaf_hash: leafHash,
      object: { ...event.object },
      ...(Object.keys(otherClear).length === 0 ? {} : { clear: otherClear }),
    },
    raw_data: canonical,
  }
}

const severityOf = ({ type, outcome }: Members) => {
  if (HIGH.has(type)) return HIGH_SEVERITY
  return outcome === 'allowed' ? INFORMATIONAL : MEDIUM
}

const personOf = (uid: Id | undefined, org: Id | undefined) => ({
  // OCSF wants a name or an id of every user, also of one whom nobody knows.
  ...(uid === undefined ? { name: 'unknown' } : { uid }),
  ...(org === undefined ? {} : { org: { uid: org } }),
})

const actorOf = ({ actor }: Members): { actor: Json } => ({
  actor: {
    ...(actor.person === undefined ? { app_name: 'Liaison' } : { user: personOf(actor.person, actor.org) }),
    ...(actor.session === undefined ? {} : { session: { uid: actor.session } }),
  },
})

/** Whom a change of an account or of access is about: the target, else whoever acts. */
const affected = ({ object, actor }: Members): Json =>
  object.target === undefined ? personOf(actor.person, actor.org) : { uid: object.target }

const innermost = ({ object }: Members): { type: string; uid: Id } | null => {
  for (const type of ['section', 'document', 'target', 'workspace'] as const) {
    const uid = object[type]
    if (uid !== undefined) return { type, uid }
  }
  return null
}

const nounOf = ({ type }: Members): string => type.slice(0, type.indexOf('.'))

/** What each class must have besides what all events have. */
const PARTS: Record<OcsfClass, (event: Members) => Record<string, Json>> = {
  account_change: (event) => ({ user: affected(event) }),
  authentication: (event) => ({
    user: personOf(event.actor.person ?? event.object.target, event.actor.org),
    service: { name: 'Liaison' },
    is_remote: true,
  }),
  entity_management: (event) => ({
    entity: { type: nounOf(event), ...(innermost(event) ?? { name: nounOf(event) }), name: nounOf(event) },
  }),
  user_access: (event) => ({
    user: affected(event),
    privileges: [String(event.details?.role ?? event.details?.level ?? nounOf(event))],
    ...(innermost(event) === null ? {} : { resource: { ...innermost(event) } }),
  }),
  web_resources: (event) => ({
    web_resources: [{ name: nounOf(event), ...(innermost(event) ?? {}) }],
  }),
}
