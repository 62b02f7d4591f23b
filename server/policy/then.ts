import type { Id } from '@/lib/ids'
import type { Facts } from '@/lib/policy/facts'
import type { Reader } from '@/server/db/client'
import { readLabels } from '@/server/marking/labels-in-use'

/**
 * Rows of policy say from when and until when they held. States (suspended, frozen, archived, removed, a label) are
 * overwritten; what they were is in the record: the last event until a moment that changed one. What nothing ever changed
 * is as now.
 */
interface Then {
  /** Whether the object existed and was not removed. */
  wasThere: boolean
  /** Null where it was not. */
  asThen: (facts: Facts) => Facts | null
}

interface Placed {
  workspaceId: Id
  documentId: Id | null
  sectionId: Id | null
}

interface StateEvent {
  type: string
  document_id: Id | null
  section_id: Id | null
  at: number
  says: { object?: { target?: Id }; before?: { label?: unknown }; after?: { label?: unknown } }
}

const OF_SECTION = [
  'section.frozen',
  'section.unfrozen',
  'section.marked',
  'section.removed',
  'section.restored',
]
const OF_DOCUMENT = ['document.archived', 'document.restored', 'document.marked']
const OF_WORKSPACE = [
  'participation.suspended',
  'participation.resumed',
  'workspace.archived',
  'workspace.restored',
]
const OF_ANYBODY = [
  'person.suspended',
  'person.reinstated',
  'organisation.suspended',
  'organisation.reinstated',
]

/**
 * Puts facts that were loaded for `at` (whose states are as now) back to the states of then.
 */
export const readThen = async (reader: Reader, object: Placed, at: number): Promise<Then> => {
  const events = await readEvents(reader, object)
  const labels = await readLabels(reader)
  const terms = await readTerms(reader, object.workspaceId, at)
  const isThere = await existed(reader, object, at)
  /** The last change until then says what it was. With later ones alone it was as it was made: nothing of it yet. */
  const lastOf = (among: (event: StateEvent) => boolean) => {
    const list = events.filter(among)
    return { event: list.findLast((one) => one.at <= at), later: list[0] }
  }
  const isAbout = (kind: 'section' | 'document' | 'else', event: StateEvent) =>
    kind === 'else' ||
    (kind === 'section'
      ? event.section_id === object.sectionId
      : event.section_id === null && event.document_id === object.documentId)
  const state = (now: boolean, on: string, off: string, kind: 'section' | 'document' | 'else') => {
    const { event, later } = lastOf((one) => (one.type === on || one.type === off) && isAbout(kind, one))
    return event === undefined ? later === undefined && now : event.type === on
  }
  const labelThen = <Label>(now: Label, type: string, kind: 'section' | 'document') => {
    const { event, later } = lastOf((one) => one.type === type && isAbout(kind, one))
    const label = event === undefined ? later?.says.before?.label : event.says.after?.label
    // A label that no set knows any more is an absent fact: R0 denies, and says so.
    return typeof label === 'string' ? (labels(label) as Label) : now
  }
  const about = (id: Id, on: string, off: string): boolean | null => {
    const { event, later } = lastOf(
      ({ type, says }) => (type === on || type === off) && says.object?.target === id,
    )
    return event === undefined ? (later === undefined ? null : false) : event.type === on
  }
  const stood = <State extends 'active' | 'suspended'>(now: State, ids: Id[], on: string, off: string) => {
    const was = ids.map((id) => about(id, on, off)).find((found) => found !== null)
    return was === undefined || was === null ? now : was ? ('suspended' as const) : ('active' as const)
  }
  const removed = state(!isThere.now, 'section.removed', 'section.restored', 'section')
  const wasThere = isThere.atThatTime && !(object.sectionId !== null && removed)
  const asThen: Then['asThen'] = (facts) => {
    if (!wasThere) return null
    const { subject, participation, document, section, workspace } = facts
    const archived = state(workspace.state === 'archived', 'workspace.archived', 'workspace.restored', 'else')
    return {
      ...facts,
      subject: {
        ...subject,
        personState: stood(subject.personState, [subject.personId], 'person.suspended', 'person.reinstated'),
        orgState: stood(
          subject.orgState,
          [subject.orgId],
          'organisation.suspended',
          'organisation.reinstated',
        ),
      },
      workspace: {
        ...workspace,
        state: archived ? 'archived' : 'active',
        termsVersion: terms.version ?? workspace.termsVersion,
      },
      participation: participation && {
        ...participation,
        state: stood(
          participation.state,
          [participation.id, participation.orgId],
          'participation.suspended',
          'participation.resumed',
        ),
        signedTermsVersion: terms.signed.get(participation.orgId) ?? participation.signedTermsVersion,
      },
      document: document && {
        ...document,
        archived: state(document.archived, 'document.archived', 'document.restored', 'document'),
        label: labelThen(document.label, 'document.marked', 'document'),
      },
      section: section && {
        ...section,
        frozen: state(section.frozen, 'section.frozen', 'section.unfrozen', 'section'),
        label: labelThen(section.label, 'section.marked', 'section'),
      },
    }
  }
  return { wasThere, asThen }
}

const readEvents = async (reader: Reader, { workspaceId, documentId, sectionId }: Placed) => {
  const { rows } = await reader.query<Omit<StateEvent, 'says'> & { canonical: string }>(
    `select type, document_id, section_id, floor(extract(epoch from at) * 1000)::float8 as at, canonical from audit_inbox
     where outcome = 'allowed' and (
       (section_id = $1 and type = any($4)) or (document_id = $2 and section_id is null and type = any($5))
       or (scope_id = $3 and type = any($6))
       or (scope_id = '00000000-0000-0000-0000-000000000000' and type = any($7)))
     order by audit_inbox.at, id`,
    [sectionId, documentId, workspaceId, OF_SECTION, OF_DOCUMENT, OF_WORKSPACE, OF_ANYBODY],
    'states then',
  )
  return rows.map(({ canonical, ...row }): StateEvent => ({ ...row, says: JSON.parse(canonical) }))
}

/** Which terms were asked for and signed: null, and no entry, where nothing has been published or signed since. */
const readTerms = async (reader: Reader, workspaceId: Id, at: number) => {
  const { rows } = await reader.query<{ org_id: Id | null; version: number; later: boolean }>(
    `select null::uuid as org_id, coalesce(max(version) filter (where published_at <= to_timestamp($2::float8 / 1000)), 0) as version,
       bool_or(published_at > to_timestamp($2::float8 / 1000)) as later
     from terms_versions where workspace_id = $1 having count(*) > 0
     union all
     select org_id, coalesce(max(version) filter (where at <= to_timestamp($2::float8 / 1000)), 0),
       bool_or(at > to_timestamp($2::float8 / 1000))
     from terms_signatures where workspace_id = $1 group by org_id`,
    [workspaceId, at],
    'terms then',
  )
  const changed = rows.filter(({ later }) => later)
  return {
    version: changed.find(({ org_id }) => org_id === null)?.version ?? null,
    signed: new Map(
      changed.flatMap(({ org_id, version }) => (org_id === null ? [] : [[org_id, version] as const])),
    ),
  }
}

const existed = async (reader: Reader, { documentId, sectionId, workspaceId }: Placed, at: number) => {
  const [table, id] =
    sectionId !== null
      ? ['sections', sectionId]
      : documentId !== null
        ? ['documents', documentId]
        : ['workspaces', workspaceId]
  const { rows } = await reader.query<{ made: boolean; there: boolean }>(
    `select floor(extract(epoch from created_at) * 1000) <= $2::float8 as made,
       ${sectionId === null ? 'true' : 'removed_at is null'} as there
     from ${table} where id = $1`,
    [id, at],
  )
  return { atThatTime: rows[0]?.made ?? false, now: rows[0]?.there ?? false }
}
