import type { Id } from '@/lib/ids'
import type { PolicyRow } from '@/server/policy/policy-rows'

type Kind = PolicyRow['kind']

export interface Index {
  /** By what a row hangs on; group memberships by whom they are about. */
  on(kind: Exclude<Kind, 'participation' | 'membership'>, key: string | null): readonly PolicyRow[]
  /** Sections from several workspaces may be asked about at once: who stands in one does not stand in the other. */
  standing(kind: 'participation' | 'membership', workspaceId: Id, subjectId: Id): readonly PolicyRow[]
}

const NO_ROWS: readonly PolicyRow[] = []

export const indexRows = (rows: readonly PolicyRow[]): Index => {
  const on = new Map<Kind, Map<string, PolicyRow[]>>()
  const standing = new Map<Kind, Map<Id, Map<Id, PolicyRow[]>>>()
  for (const row of rows) {
    if (row.kind === 'participation' || row.kind === 'membership')
      put(at(at(standing, row.kind), row.target), row.subject_id, row)
    else put(at(on, row.kind), row.kind === 'group' ? row.subject_id : row.target, row)
  }
  return {
    on: (kind, key) => (key === null ? NO_ROWS : (on.get(kind)?.get(key) ?? NO_ROWS)),
    standing: (kind, workspaceId, subjectId) =>
      standing.get(kind)?.get(workspaceId)?.get(subjectId) ?? NO_ROWS,
  }
}

type Naming = (kind: 'grant' | 'deny', target: Id | null) => ReadonlyMap<Id, readonly PolicyRow[]> | undefined

/** Grants and denies by what they hang on and then by whom they name: for thousands of people at once. */
export const indexNaming = (rows: readonly PolicyRow[]): Naming => {
  const index = new Map<Kind, Map<Id, Map<Id, PolicyRow[]>>>()
  for (const row of rows)
    if (row.kind === 'grant' || row.kind === 'deny')
      put(at(at(index, row.kind), row.target), row.subject_id, row)
  return (kind, target) => (target === null ? undefined : index.get(kind)?.get(target))
}

/** The map that lies in another one, made when it is first looked for. */
const at = <Key, Inner>(map: Map<Key, Map<string, Inner>>, key: Key): Map<string, Inner> => {
  let inner = map.get(key)
  if (inner === undefined) {
    inner = new Map()
    map.set(key, inner)
  }
  return inner
}

const put = (map: Map<string, PolicyRow[]>, key: string, row: PolicyRow): void => {
  const list = map.get(key)
  if (list === undefined) map.set(key, [row])
  else list.push(row)
}
