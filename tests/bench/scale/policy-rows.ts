import type { Id } from '@/lib/ids'
import type { Level, SubjectKind } from '@/lib/policy/vocabulary'
import type { Database } from '@/server/db/client'
import { fill } from '@/tests/bench/scale/fill'
import { LONG_AGO, type ScaleWorkspace, type ScaleWorld } from '@/tests/bench/scale/scale-world'
import { pick, whole } from '@/tests/support/seeded'

const LEVELS: readonly Level[] = ['discover', 'read', 'read', 'comment', 'suggest', 'edit', 'edit']
/** Of boundaries, grants and denies: one in ten is over. Rows are never deleted, so that a table holds its past. */
const OVER = 0.1
const ENDED = '2026-06-01T00:00:00Z'

/** Boundaries on a third of the sections and a tenth of the documents, grants, and a deny for every hundred grants. */
export const fillPolicy = async (db: Database, world: ScaleWorld): Promise<void> => {
  await fillBoundaries(db, world)
  await fillGrants(db, world)
}

type Named = [kind: SubjectKind, id: Id]

const somebody = ({ random, orgs }: ScaleWorld, workspace: ScaleWorkspace): Named => {
  const at = random()
  if (at < 0.5) return ['person', pick(random, workspace.members).id]
  const orgId = pick(random, workspace.orgs)
  if (at < 0.8) return ['org', orgId]
  return ['group', pick(random, orgs.find(({ id }) => id === orgId)?.groups ?? [])]
}

const fillBoundaries = async (db: Database, world: ScaleWorld): Promise<void> => {
  const { random, nextId, workspaces } = world
  const boundaries: (string | null)[][] = []
  const clauses: string[][] = []
  const put = (on: [document: Id | null, section: Id | null], owner: Id, workspace: ScaleWorkspace) => {
    const bound = (endedAt: string | null) => {
      const id = nextId()
      boundaries.push([id, ...on, LONG_AGO, endedAt])
      const named = new Map<Id, string[]>([[owner, ['org', owner, 'manage']]])
      for (let i = 1 + whole(random, 5); i > 0; i--) {
        const [kind, subject] = somebody(world, workspace)
        if (subject !== owner) named.set(subject, [kind, subject, pick(random, LEVELS)])
      }
      for (const clause of named.values()) clauses.push([nextId(), id, ...clause, LONG_AGO])
    }
    bound(null)
    if (random() < OVER) bound(ENDED)
  }
  for (const workspace of workspaces)
    for (const document of workspace.documents) {
      if (random() < 0.1) put([document.id, null], document.ownerOrgId, workspace)
      for (const section of document.sections)
        if (random() < 1 / 3) put([null, section.id], section.originatorOrgId, workspace)
    }
  const columns = 'id uuid, document_id uuid, section_id uuid, valid_from timestamptz, ended_at timestamptz'
  await fill(db, 'boundaries', columns, boundaries)
  const clauseColumns =
    'id uuid, boundary_id uuid, subject_kind text, subject_id uuid, max_level text, valid_from timestamptz'
  await fill(db, 'boundary_clauses', clauseColumns, clauses)
}

const fillGrants = async (db: Database, world: ScaleWorld): Promise<void> => {
  const { random, nextId, workspaces, sizes } = world
  const places = workspaces.flatMap((workspace) =>
    workspace.documents.flatMap((document) =>
      document.sections.map((section) => ({ workspace, document, section })),
    ),
  )
  const columns =
    'id uuid, workspace_id uuid, document_id uuid, section_id uuid, subject_kind text, subject_id uuid, valid_from timestamptz, ended_at timestamptz'
  const some = (count: number): (string | null)[][] =>
    Array.from({ length: count }, () => {
      const { workspace, document, section } = pick(random, places)
      const at = random()
      const on =
        at < 0.01
          ? [workspace.id, null, null]
          : at < 0.2
            ? [null, document.id, null]
            : [null, null, section.id]
      const ended = random() < OVER ? ENDED : null
      return [nextId(), ...on, ...somebody(world, workspace), LONG_AGO, ended]
    })
  const grants = some(sizes.grants).map((row) => [...row, pick(random, LEVELS)])
  await fill(db, 'grants', `${columns}, level text`, grants)
  await fill(db, 'denies', columns, some(Math.round(sizes.grants / 100)))
}
