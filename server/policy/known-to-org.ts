import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'
import { askAlso, NO_ID } from '@/server/policy/authorize'
import { loadFacts } from '@/server/policy/load-facts'
import { readMembers } from '@/server/policy/member-rows'
import type { Target } from '@/server/policy/object-rows'

/**
 * Of these documents and sections of a workspace those of which somebody in the organisation may know now. Their titles
 * may be said to its auditor, who themself may know of none (R2).
 */
export const knownToOrg = async (
  reader: Reader,
  of: { workspaceId: Id; orgId: Id; documentIds: readonly Id[]; sectionIds: readonly Id[] },
  at = Date.now(),
): Promise<Set<Id>> => {
  const known = new Set<Id>()
  const members = (await readMembers(reader, of.workspaceId, at)).filter((row) => row.org_id === of.orgId)
  const look = async (target: Target & { ids: readonly Id[] }) => {
    if (target.ids.length === 0 || members.length === 0) return
    const loaded = await loadFacts(reader, target, at, async (object) => {
      const session = { id: NO_ID, live: true, strength: object?.minimum_strength ?? 0 }
      return members.map((row) => ({ row, session }))
    })
    for (const object of loaded.objects) {
      const id = object.sectionId ?? object.documentId
      if (id === null || !target.ids.includes(id)) continue
      const knows = loaded.subjects.some(
        ({ facts }) =>
          askAlso({ facts: loaded.factsOf(facts, object) }, { ask: 'level', needs: 'discover' }).allowed,
      )
      if (knows) known.add(id)
    }
  }
  await look({ kind: 'sections', ids: of.sectionIds })
  await look({ kind: 'documents below', ids: of.documentIds })
  return known
}
