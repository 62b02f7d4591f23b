import type { Id } from '@/lib/ids'
import type { PolicyRow } from '@/server/policy/policy-rows'

export type Index = (kind: PolicyRow['kind'], key: string | null) => readonly PolicyRow[]

/** Sections from several workspaces may be asked about at once: who stands in one does not stand in the other. */
export const standing = (workspaceId: Id, subjectId: Id): string => `${workspaceId} ${subjectId}`

const EMPTY: readonly PolicyRow[] = []

/** By what a row hangs on; group memberships by whom they are about, participations and memberships by both. */
export const indexRows = (rows: readonly PolicyRow[]): Index => {
  const index = new Map<PolicyRow['kind'], Map<string, PolicyRow[]>>()
  for (const row of rows) {
    const isStanding = row.kind === 'participation' || row.kind === 'membership'
    const by = isStanding
      ? standing(row.target, row.subject_id)
      : row.kind === 'group'
        ? row.subject_id
        : row.target
    const ofKind = index.get(row.kind) ?? new Map<string, PolicyRow[]>()
    index.set(row.kind, ofKind)
    const list = ofKind.get(by)
    if (list === undefined) ofKind.set(by, [row])
    else list.push(row)
  }
  return (kind, key) => (key === null ? EMPTY : (index.get(kind)?.get(key) ?? EMPTY))
}

type Naming = (kind: 'grant' | 'deny', target: Id | null) => ReadonlyMap<Id, readonly PolicyRow[]> | undefined

/** Grants and denies by what they hang on and then by whom they name: for thousands of people at once. */
export const indexNaming = (rows: readonly PolicyRow[]): Naming => {
  const index = new Map<string, Map<Id, PolicyRow[]>>()
  for (const row of rows) {
    if (row.kind !== 'grant' && row.kind !== 'deny') continue
    const key = `${row.kind}:${row.target}`
    const named = index.get(key) ?? new Map<Id, PolicyRow[]>()
    index.set(key, named)
    const list = named.get(row.subject_id)
    if (list === undefined) named.set(row.subject_id, [row])
    else list.push(row)
  }
  return (kind, target) => (target === null ? undefined : index.get(`${kind}:${target}`))
}
