import { newId } from '@/lib/ids'
import type { Person } from '@/tests/api/served'
import type { Plan } from '@/tests/operations/plan'
import type { Kind } from '@/tests/support/one-of-each'

/**
 * What a field of an input names by id, by the field's name; of an id in a list, by the list's name and the one above it
 * (`grants.end`). A field that is not here fails the tests: say here what it names. The things themselves, ours and
 * foreign ones, are in `tests/support/one-of-each.ts`.
 */
const KINDS: Record<string, Kind | readonly Kind[]> = {
  workspaceId: 'workspace',
  orgId: 'organisation',
  originatorId: 'organisation',
  personId: 'person',
  sessionId: 'session',
  membershipId: 'membership',
  documentId: 'document',
  parentId: 'document',
  afterDocumentId: 'document',
  sectionId: 'section',
  askedFor: ['document', 'section'],
  afterSectionId: 'section',
  nextSectionId: 'section',
  subjectId: ['organisation', 'group', 'person'],
  participationId: 'participation',
  groupId: 'group',
  grantId: 'grant',
  denyId: 'deny',
  sourceId: 'source',
  breakGlassId: 'breakGlass',
  releaseId: 'release',
  requestId: 'request',
  reviewId: 'review',
  eventId: 'event',
  searchId: 'savedSearch',
  findingId: 'finding',
  itemIds: 'reviewItem',
  offerId: 'offer',
  invitationId: 'invitation',
  holdId: 'hold',
  retentionRequestId: 'retentionRequest',
  domainId: 'domain',
  notificationId: 'notification',
  mailId: 'mail',
  witnessId: 'witness',
  exportId: 'export',
  notificationIds: 'notification',
  'grants.end': 'grant',
  'denies.end': 'deny',
  'sources.end': 'source',
}

/** @param path to an id in an input; numbers are places in lists */
export const kindsAt = (path: readonly string[]): readonly Kind[] => {
  const names = path.filter((name) => !/^\d+$/.test(name))
  const kinds = KINDS[names.at(-1) ?? ''] ?? KINDS[names.slice(-2).join('.')]
  if (kinds === undefined) throw new Error(`what does ${names.join('.')} name? Say so in tests/api/ids.ts`)
  return typeof kinds === 'string' ? [kinds] : kinds
}

/** Where an input names something by id: the path to it, and ids of the same kind that nobody here knows of. */
export const idsIn = (input: unknown, plan: Plan, path: readonly string[] = []): IdPlace[] => {
  if (typeof input === 'string')
    return UUID.test(input) ? [{ path, foreign: [...foreignIds(path, plan), ...hiddenIds(path, plan)] }] : []
  if (typeof input !== 'object' || input === null) return []
  return Object.entries(input).flatMap(([key, value]) => idsIn(value, plan, [...path, key]))
}

interface IdPlace {
  path: readonly string[]
  foreign: { id: string; hiddenFrom: (who: Person) => boolean }[]
}

const UUID = /^[0-9a-f]{8}-/
const fromEveryone = () => true

const foreignIds = (path: readonly string[], { elsewhere }: Plan) =>
  kindsAt(path).map((kind) => ({ id: elsewhere.rows[kind], hiddenFrom: fromEveryone }))

/** In the same document, behind a boundary: hidden from all but the hospital's own. */
const hiddenIds = (path: readonly string[], { sections }: Plan) =>
  kindsAt(path).includes('section')
    ? [
        {
          id: sections.closed,
          hiddenFrom: (who: Person) =>
            who !== 'hospitalLead' && who !== 'hospitalEditor' && who !== 'auditor',
        },
      ]
    : []

export const swapped = (input: unknown, [key, ...rest]: readonly string[], id: string = newId()): unknown => {
  if (key === undefined) return id
  const copy = structuredClone(input) as Record<string, unknown>
  copy[key] = swapped(copy[key], rest, id)
  return copy
}
