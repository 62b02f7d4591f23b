import type { Id } from '@/lib/ids'
import type { SharingChange } from '@/lib/views/sharing'
import type { Actor } from '@/server/identity/actor'
import { runOperation } from '@/server/operations/run-operation'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import type { Plan } from '@/tests/operations/plan'

/** Looks at a change and confirms it, as a person does. */
export const changeAs = async (
  { services }: Pick<Plan, 'services'>,
  actor: Actor,
  on: { sectionId: Id } | { documentId: Id },
  change: SharingChange,
) => {
  const { hash } = await runOperation(services, actor, previewSharing, { on, change })
  return { hash, outcome: await runOperation(services, actor, changeSharing, { on, change, hash }) }
}

/** Weather asks that Hospital may read its section too: its own key is turned with it, County's or Hospital's is missing. */
export const pendingRelease = async (plan: Plan): Promise<{ releaseId: Id; hash: string }> => {
  const { orgs, people, sections } = plan
  const org = (subjectId: Id, maxLevel: 'manage' | 'read') =>
    ({ subjectKind: 'org', subjectId, maxLevel, until: null }) as const
  const { hash, outcome } = await changeAs(
    plan,
    people.weatherSteward,
    { sectionId: sections.shared },
    {
      boundary: [org(orgs.weather, 'manage'), org(orgs.county, 'read'), org(orgs.hospital, 'read')],
    },
  )
  if (outcome.applied) throw new Error('a widening to another organisation was applied with one key')
  return { releaseId: outcome.releaseId, hash }
}
