import { inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { isKind, KINDS } from '@/lib/told/kinds'
import type { NoticeView } from '@/lib/views/inbox'
import { documents, sections } from '@/server/db/schema/content'
import type { notifications } from '@/server/db/schema/told'
import { workspaces } from '@/server/db/schema/workspace'
import { hrefOf } from '@/server/operations/inbox/notice-href'
import type { OperationContext } from '@/server/operations/run-operation'
import { readPeople } from '@/server/operations/shaping/agencies'
import { authorize, authorizeMany, Refusal } from '@/server/policy/authorize'

export type NoticeRow = typeof notifications.$inferSelect

/** Kinds that reach people who are not in the workspace, or are held out of it: they were told its title when asked. */
const TITLED = new Set(['offer.received', 'offer.consent_asked', 'terms.published', 'offer.answered'])

/** Rows into sentences, with the names that the reader may know at this moment: neither a title nor a person more. */
export const noticeViews = async (
  context: OperationContext,
  rows: readonly NoticeRow[],
): Promise<NoticeView[]> => {
  const { tx } = context
  const people = await readPeople(
    tx,
    rows.flatMap(({ byPersonId }) => byPersonId ?? []),
  )
  const names = await knownNames(context, rows)
  return rows.flatMap((row) => {
    if (!isKind(row.kind)) return []
    const by = row.byPersonId === null ? null : (people.get(row.byPersonId) ?? null)
    const words: Record<string, string> = {
      by: by?.name ?? 'Somebody',
      agency: by?.org.name ?? 'An agency',
      workspace: names.workspace(row) ?? 'a workspace you are not in now',
      document: names.document(row) ?? 'a document you cannot see now',
      section:
        row.sectionId !== null
          ? (names.section(row) ??
            (row.kind.startsWith('release.') ? 'a section' : 'a section you cannot see now'))
          : (names.document(row) ?? 'something you cannot see now'),
    }
    const text = `${KINDS[row.kind].text.replace(/\{(\w+)\}/g, (_, word: string) => words[word] ?? '')}.`
    return [
      {
        id: row.id,
        kind: row.kind,
        text,
        by,
        at: row.at.toISOString(),
        read: row.readAt !== null,
        href: hrefOf(row, names),
      },
    ]
  })
}

export interface KnownNames {
  workspace(row: NoticeRow): string | null
  document(row: NoticeRow): string | null
  section(row: NoticeRow): string | null
}

const knownNames = async (
  { tx, actor, at }: OperationContext,
  rows: readonly NoticeRow[],
): Promise<KnownNames> => {
  const ids = (pick: (row: NoticeRow) => Id | null) => [
    ...new Set(rows.map(pick).filter((id): id is Id => id !== null)),
  ]
  const workspaceIds = ids((row) => row.workspaceId)
  const documentIds = ids((row) => row.documentId)
  const sectionIds = ids((row) => row.sectionId)
  const titled = new Set(rows.flatMap((row) => (TITLED.has(row.kind) ? (row.workspaceId ?? []) : [])))
  const entered = new Set<Id>()
  for (const workspaceId of workspaceIds) {
    if (await may(authorize(tx, actor, { workspaceId }, { ask: 'enter' }, at.getTime())))
      entered.add(workspaceId)
  }
  const seen = new Set<Id>()
  for (const documentId of documentIds) {
    const asked = authorize(tx, actor, { documentId }, { ask: 'level', needs: 'discover' }, at.getTime())
    if (await may(asked)) seen.add(documentId)
  }
  const questions = sectionIds.map((sectionId) => ({ actor, sectionId }))
  const answers =
    questions.length === 0
      ? []
      : await authorizeMany(tx, questions, { ask: 'level', needs: 'discover' }, at.getTime())
  for (const [i, answer] of answers.entries()) if (!(answer instanceof Refusal)) seen.add(sectionIds[i] as Id)
  const titles = new Map<Id, string>()
  for (const table of [workspaces, documents, sections] as const) {
    const wanted = table === workspaces ? workspaceIds : table === documents ? documentIds : sectionIds
    if (wanted.length === 0) continue
    const found = await tx.orm
      .select({ id: table.id, title: table.title })
      .from(table)
      .where(inArray(table.id, wanted))
    for (const { id, title } of found) titles.set(id, title)
  }
  const titleOf = (id: Id | null, isKnown: (id: Id) => boolean) =>
    id !== null && isKnown(id) ? quoted(titles.get(id)) : null
  return {
    workspace: ({ workspaceId, kind }) =>
      titleOf(workspaceId, (id) => entered.has(id) || (TITLED.has(kind) && titled.has(id))),
    document: ({ documentId }) => titleOf(documentId, (id) => seen.has(id)),
    section: ({ sectionId }) => titleOf(sectionId, (id) => seen.has(id)),
  }
}

const quoted = (title: string | undefined): string | null => (title === undefined ? null : `“${title}”`)

const may = async (asked: Promise<unknown>): Promise<boolean> => {
  try {
    await asked
    return true
  } catch (error) {
    if (error instanceof Refusal && error.code !== 'signed_out') return false
    throw error
  }
}
