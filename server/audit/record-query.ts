import { DomainError } from '@/lib/errors'
import { type Id, isId } from '@/lib/ids'
import type { RecordFilter } from '@/lib/views/record'

/** `scope_id` of the instance's own events. */
export const INSTANCE_SCOPE = '00000000-0000-0000-0000-000000000000'

export interface RecordQuery {
  /** A workspace's record, or null for the instance's own (sign-ins, organisations, people). */
  workspaceId: Id | null
  filter?: RecordFilter
  /** What `next` of the page before said. */
  cursor?: string | null
  limit?: number
}

interface Position {
  at: string
  id: Id
}

export const cursorOf = ({ at, id }: { at: Date; id: Id }): string =>
  Buffer.from(`${at.toISOString()} ${id}`).toString('base64url')

const positionOf = (cursor: string): Position => {
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (Number.isNaN(Date.parse(at)) || !isId(id)) {
    throw new DomainError(
      'invalid',
      'This page of the record cannot be found. Start again from the newest entry.',
    )
  }
  return { at, id }
}

/**
 * The SELECT of one page, newest first. Every condition that an index begins with is an equality, so that the page is a
 * short backward scan however long the record is; (at, id) < the last row goes on where the page before ended.
 */
export function recordSelect({ workspaceId, filter = {}, cursor, limit = 50 }: RecordQuery) {
  const values: unknown[] = []
  const where: string[] = []
  const add = (condition: (parameter: string) => string, value: unknown) => {
    if (value === undefined) return
    values.push(value)
    where.push(condition(`$${values.length}`))
  }
  add((p) => `scope_id = ${p}`, workspaceId ?? INSTANCE_SCOPE)
  add((p) => `actor_person_id = ${p}`, filter.personId)
  add((p) => `actor_org_id = ${p}`, filter.orgId)
  add((p) => `document_id = ${p}`, filter.documentId)
  add((p) => `section_id = ${p}`, filter.sectionId)
  add((p) => `type = ${p}`, filter.type)
  add((p) => `outcome = ${p}`, filter.outcome)
  add((p) => `at >= ${p}`, filter.from)
  add((p) => `at < ${p}`, filter.until)
  if (cursor) {
    const { at, id } = positionOf(cursor)
    values.push(at, id)
    where.push(`(at, id) < ($${values.length - 1}, $${values.length})`)
  }
  values.push(limit + 1)
  const text = `select id, at, type, outcome, rule, actor_person_id, workspace_id, document_id, section_id, canonical
    from audit_inbox where ${where.join(' and ')} order by at desc, id desc limit $${values.length}`
  return { text, values, limit }
}
