import type { Kind } from '@/lib/told/kinds'
import type { Database } from '@/server/db/client'
import { fill } from '@/tests/bench/scale/fill'
import type { ScaleWorld } from '@/tests/bench/scale/scale-world'
import { pick, whole } from '@/tests/support/seeded'

const VISITS = 30
const STARS = 10
const NOTICES = 10
const TOLD: readonly Kind[] = [
  'access.changed',
  'membership.changed',
  'ending.soon',
  'release.ended',
  'mention',
]
const YEAR_MS = 365 * 24 * 3_600_000

/** What each person has opened and starred, and was told. */
export const fillTold = async (db: Database, { random, nextId, workspaces }: ScaleWorld): Promise<void> => {
  const now = Date.now()
  const some = () => new Date(now - whole(random, YEAR_MS)).toISOString()
  const visits = new Map<string, string[]>()
  const stars = new Map<string, string[]>()
  const notices: string[][] = []
  for (const workspace of workspaces)
    for (const { id } of workspace.members) {
      for (let i = 0; i < VISITS; i++) {
        const document = pick(random, workspace.documents)
        const row = [id, document.id, some()]
        visits.set(`${id} ${document.id}`, row)
        if (i < STARS) stars.set(`${id} ${document.id}`, row)
      }
      for (let i = 0; i < NOTICES; i++) {
        const document = pick(random, workspace.documents)
        const section = document.sections[0]
        if (section === undefined) continue
        notices.push([nextId(), id, pick(random, TOLD), workspace.id, document.id, section.id, some()])
      }
    }
  await fill(db, 'visits', 'person_id uuid, document_id uuid, at timestamptz', [...visits.values()])
  await fill(db, 'stars', 'person_id uuid, document_id uuid, at timestamptz', [...stars.values()])
  const columns =
    'id uuid, person_id uuid, kind text, workspace_id uuid, document_id uuid, section_id uuid, at timestamptz'
  await fill(db, 'notifications', columns, notices)
}
