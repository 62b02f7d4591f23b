import { randomBytes } from 'node:crypto'
import { type Id, newId } from '@/lib/ids'
import type { Level, Role, SubjectKind } from '@/lib/policy/vocabulary'
import type { Reader } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'
import { beginSection } from '@/tests/support/sync/base-text'

/** When a row holds, in milliseconds since the epoch. By default from an hour ago, without end. */
interface When {
  from?: number
  until?: number | null
  endedAt?: number | null
}

export interface ClauseSpec extends Omit<When, 'endedAt'> {
  kind: SubjectKind
  id: Id
  max: Level
}

type On = { workspaceId: Id } | { documentId: Id } | { sectionId: Id }

const HOUR = 3_600_000
const moment = (value: number | null | undefined) => (value == null ? null : new Date(value))
const period = ({ from, until, endedAt }: When) => ({
  valid_from: moment(from ?? Date.now() - HOUR),
  valid_until: moment(until),
  ended_at: moment(endedAt),
})
const columnOf = (on: On) => {
  if ('workspaceId' in on) return { workspace_id: on.workspaceId }
  return 'documentId' in on ? { document_id: on.documentId } : { section_id: on.sectionId }
}

/** Over all worlds of a process: names, addresses and short codes are unique in a database. */
let count = 0

/**
 * Puts organisations, people, workspaces and policy straight into a test database, past every operation: what a test
 * needs to be there before it begins. Each function returns the id of the row that it made.
 */
export const worldIn = (db: Pick<Reader, 'query'>) => {
  const insert = async (table: string, row: Record<string, unknown>): Promise<Id> => {
    const id = (row.id as Id | undefined) ?? newId()
    const values = Object.entries({ ...row, id })
    await db.query(
      `insert into ${table} (${values.map(([name]) => name).join(', ')})
       values (${values.map((_, i) => `$${i + 1}`).join(', ')})`,
      values.map(([, value]) => value),
    )
    return id
  }

  const org = (name?: string, state: 'active' | 'suspended' = 'active') => {
    const n = count++
    return insert('organisations', {
      name: name ?? `Organisation ${n}`,
      short_code: shortCode(n),
      colour: n % 12,
      state,
    })
  }

  const person = (
    orgId: Id,
    more: {
      name?: string
      email?: string
      state?: 'active' | 'suspended'
      administrator?: boolean
      operator?: boolean
    } = {},
  ) => {
    const n = count++
    return insert('people', {
      org_id: orgId,
      name: more.name ?? `Person ${n}`,
      email: more.email ?? `person-${n}@example.test`,
      state: more.state ?? 'active',
      is_administrator: more.administrator ?? false,
      is_operator: more.operator ?? false,
    })
  }

  /** A live session of the person, as the session store would answer it. */
  const actor = async (
    personId: Id,
    more: { strength?: number; endedAt?: number; expiresAt?: number; seenAt?: number } = {},
  ): Promise<Actor> => {
    const strength = more.strength ?? 1
    const sessionId = await insert('sessions', {
      token_hash: randomBytes(32).toString('hex'),
      person_id: personId,
      strength,
      expires_at: moment(more.expiresAt ?? Date.now() + 12 * HOUR),
      ended_at: moment(more.endedAt),
      last_seen_at: moment(more.seenAt ?? Date.now()),
      banner_accepted_at: new Date(),
      address: '127.0.0.1',
      user_agent: 'test',
    })
    const { rows } = await db.query<Omit<Actor, 'personId' | 'sessionId' | 'strength' | 'source'>>(
      `select p.name, o.id as "orgId", o.name as "orgName", o.short_code as "orgShortCode",
         o.colour as "orgColour", p.is_administrator as "isAdministrator", p.is_operator as "isOperator"
       from people p join organisations o on o.id = p.org_id where p.id = $1`,
      [personId],
    )
    const [row] = rows
    if (row === undefined) throw new Error(`no person ${personId}`)
    const source = { address: '127.0.0.1', userAgent: 'test', requestId: `test-${count++}` }
    return { ...row, personId, sessionId, strength, source }
  }

  const workspace = (
    hostOrgId: Id,
    more: {
      title?: string
      state?: 'active' | 'archived'
      minimumStrength?: number
      termsVersion?: number
    } = {},
  ) =>
    insert('workspaces', {
      title: more.title ?? `Workspace ${count++}`,
      host_org_id: hostOrgId,
      state: more.state ?? 'active',
      minimum_strength: more.minimumStrength ?? 1,
      terms_version: more.termsVersion ?? 0,
    })

  const participation = (
    workspaceId: Id,
    orgId: Id,
    more: When & {
      ceiling?: Level
      state?: 'active' | 'suspended'
      mayExport?: boolean
      signed?: number
    } = {},
  ) =>
    insert('participations', {
      workspace_id: workspaceId,
      org_id: orgId,
      ceiling: more.ceiling ?? 'manage',
      state: more.state ?? 'active',
      may_export: more.mayExport ?? false,
      signed_terms_version: more.signed ?? 0,
      ...period(more),
    })

  const membership = (workspaceId: Id, personId: Id, role: Role, when: When = {}) =>
    insert('memberships', { workspace_id: workspaceId, person_id: personId, role, ...period(when) })

  const group = (orgId: Id, name = `Group ${count++}`) => insert('groups', { org_id: orgId, name })

  const inGroup = (groupId: Id, personId: Id, when: When = {}) =>
    insert('group_members', { group_id: groupId, person_id: personId, ...period(when) })

  const document = (
    workspaceId: Id,
    ownerOrgId: Id,
    more: { title?: string; label?: string; archivedAt?: number; parentId?: Id } = {},
  ) => {
    const n = count++
    return insert('documents', {
      workspace_id: workspaceId,
      owner_org_id: ownerOrgId,
      title: more.title ?? `Document ${n}`,
      position: position(n),
      label: more.label ?? 'TLP:GREEN',
      archived_at: moment(more.archivedAt),
      parent_id: more.parentId ?? null,
    })
  }

  /** @param more.begun whether it holds an empty paragraph, as the editor makes it; without, it holds nothing at all. */
  const section = async (
    documentId: Id,
    originatorOrgId: Id,
    more: { title?: string; label?: string; frozenAt?: number; removedAt?: number; begun?: boolean } = {},
  ) => {
    const n = count++
    const sectionId = await insert('sections', {
      document_id: documentId,
      originator_org_id: originatorOrgId,
      title: more.title ?? `Section ${n}`,
      position: position(n),
      label: more.label ?? 'TLP:GREEN',
      frozen_at: moment(more.frozenAt),
      removed_at: moment(more.removedAt),
    })
    if (more.begun) await beginSection(db, sectionId)
    return sectionId
  }

  /** A boundary with these clauses; without any, nobody is let in. Does not end an earlier one. */
  const boundary = async (
    on: { documentId: Id } | { sectionId: Id },
    clauses: ClauseSpec[],
    when: When = {},
  ) => {
    const boundaryId = await insert('boundaries', { ...columnOf(on), ...period(when) })
    for (const clause of clauses) {
      await insert('boundary_clauses', {
        boundary_id: boundaryId,
        subject_kind: clause.kind,
        subject_id: clause.id,
        max_level: clause.max,
        valid_from: moment(clause.from ?? when.from ?? Date.now() - HOUR),
        valid_until: moment(clause.until),
      })
    }
    return boundaryId
  }

  const grant = (on: On, kind: SubjectKind, subjectId: Id, level: Level, when: When = {}) =>
    insert('grants', { ...columnOf(on), subject_kind: kind, subject_id: subjectId, level, ...period(when) })

  const deny = (on: On, kind: SubjectKind, subjectId: Id, when: When = {}) =>
    insert('denies', { ...columnOf(on), subject_kind: kind, subject_id: subjectId, ...period(when) })

  /** Says that the section's text came from there. */
  const source = (sectionId: Id, from: { documentId: Id } | { sectionId: Id }, when: When = {}) =>
    insert('section_sources', {
      section_id: sectionId,
      ...('sectionId' in from
        ? { source_section_id: from.sectionId }
        : { source_document_id: from.documentId }),
      ...period(when),
    })

  const brokenGlass = (sectionId: Id, personId: Id, when: When = {}) =>
    insert('break_glass', {
      section_id: sectionId,
      person_id: personId,
      session_id: newId(),
      reason: 'The bridge is out and nobody answers.',
      ...period(when),
    })

  /** Ends a row of policy now, as an operation would. */
  const end = (
    table:
      | 'participations'
      | 'memberships'
      | 'boundaries'
      | 'grants'
      | 'denies'
      | 'group_members'
      | 'section_sources',
    id: Id,
  ) => db.query(`update ${table} set ended_at = now() where id = $1`, [id])

  const at = { org, person, actor, workspace, participation, membership, group, inGroup }
  return { ...at, document, section, boundary, grant, deny, source, brokenGlass, end, insert }
}

/** Sorts as `n` does, and is a valid fractional index ("a" + one digit, "b" + two, "c" + three). */
const position = (n: number): string => {
  const digits = n.toString(36)
  return `${'abcdef'[digits.length - 1]}${digits}`
}

/** Letters only: "AA", "AB" … */
const shortCode = (n: number): string =>
  `T${String.fromCharCode(65 + (Math.floor(n / 676) % 26), 65 + (Math.floor(n / 26) % 26), 65 + (n % 26))}`
