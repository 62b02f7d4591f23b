import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import type { EventKind } from '@/lib/audit/figures/kind-names'

const LOOK =
  /\.(viewed|viewed_as|listed|requests_listed|originated_viewed|previewed|end_previewed|searched|explained|compared|exported)$/

/** What the record says of itself. */
const INTEGRITY =
  /^(record\.(gap_found|restored|verified|unsealed|sealed_again|canary\w*)$|log_key\.|witness\.)/

/**
 * What reads and changes nothing, and what is about looking at the record. Whatever else happens to a workspace itself is its
 * policy, which every agency in it may audit: so each is named here, and none is one because of how it is called.
 */
const LOOKS: ReadonlySet<string> = new Set<EventType>([
  'witness.listed',
  'organisation.listed',
  'person.listed',
  'erasure.listed',
  'hold.listed',
  'retention.viewed',
  'person.searched',
  'invitation.listed',
  'organisation.viewed',
  'organisation.originated_viewed',
  'group.listed',
  'workspace.viewed',
  'workspace.listed',
  'participation.end_previewed',
  'participation.listed',
  'terms.viewed',
  'offer.viewed',
  'offer.listed',
  'membership.listed',
  'review.listed',
  'review.viewed',
  'review.exported',
  'access.listed',
  'access.requests_listed',
  'access.previewed',
  'ending.listed',
  'document.viewed',
  'document.listed',
  'copy.previewed',
  'sharing.previewed',
  'boundary.viewed',
  'release.viewed',
  'release.listed',
  'access.explained',
  'access.compared',
  'document.viewed_as',
  'break_glass.viewed',
  'mail.listed',
  'inbox.viewed',
  'record.viewed',
  'finding.raised',
  'finding.listed',
  'finding.viewed',
  'finding.disposed',
  'record.verify_asked',
  'record.asked',
  'record.searched',
  'record.event_viewed',
  'record.event_exported',
  'record.followed',
  'search.saved',
  'search.forgotten',
  'search.listed',
  'record.mirrored',
  'record.integrity_viewed',
  'record.export_asked',
  'record.export_listed',
  'record.exported',
  'record.export_failed',
  'record.export_cancelled',
  'record.export_downloaded',
  'record.export_expired',
])

export const isLook = (type: string): boolean => LOOKS.has(type)

/**
 * Who takes part, on what terms, with which people: of the workspace itself, and no look at it.
 * @param object of the event, as its canonical text names it
 */
export const isWorkspacePolicy = (
  type: string,
  { workspace, document, section }: { workspace?: unknown; document?: unknown; section?: unknown },
): boolean => workspace != null && document == null && section == null && !isLook(type)

/** The first that fits gives the kind. */
const KINDS: readonly (readonly [EventKind, RegExp])[] = [
  ['integrity', INTEGRITY],
  ['taken', /_?exported$/],
  ['integrity', /^(segment\.|retention\.(changed|shorten_asked|declined|lapsed)$|hold\.(placed|lift))/],
  ['audits', /^(record|finding|search)\./],
  ['emergency', /^break_glass\./],
  [
    'taken',
    /\.(exported|printed|downloaded|copied|duplicated|split|merged|transferred)$|^(copy|source|export)\./,
  ],
  ['reads', /^(section\.(opened|closed|access_lost)|document\.viewed)$/],
  [
    'requests',
    /^(access\.(requested|requests|approved|declined|withdrawn|reminded|lapsed|released|not_|reopened|listed|previewed)|review\.|ending\.)/,
  ],
  [
    'sharing',
    /^(boundary|sharing|grant|deny|release|policy|access)\.|\.(marked|frozen|unfrozen|handed_over|viewed_as)$/,
  ],
  ['people', /^(membership|group|invitation)\./],
  ['agencies', /^(participation|offer|terms|organisation|domain)\.|^workspace\.created$/],
  ['looks', LOOK],
  ['edits', /^(section|document|workspace)\./],
  ['account', /^(instance|session|link|person)\./],
]

export const kindOf = (type: EventType): EventKind =>
  KINDS.find(([, fits]) => fits.test(type))?.[0] ?? 'upkeep'

/** Every type of a kind, as the catalogue has them. */
export const typesOf = (kind: EventKind): EventType[] =>
  (Object.keys(EVENTS) as EventType[]).filter((type) => kindOf(type) === kind)
