import { eq } from 'drizzle-orm'
import type { SharingChange } from '@/lib/views/sharing'
import { sections } from '@/server/db/schema/content'
import { actAs } from '@/server/demonstration/act-as'
import type { World } from '@/server/demonstration/write-world'
import { runOperation } from '@/server/operations/run-operation'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import type { Services } from '@/server/services'

/** A section that so far only its own agency sees. */
const OWN_LESSONS = 'Lessons of the hospitals'

/** Amara asks that the county may read the hospitals' own lessons too: her key is turned, the county's is missing. */
export const askForRelease = async (services: Services, world: World): Promise<void> => {
  const [section] = await services.db.orm
    .select({ id: sections.id })
    .from(sections)
    .where(eq(sections.title, OWN_LESSONS))
  if (section === undefined) throw new Error(`the demonstration has no section “${OWN_LESSONS}”`)
  const on = { sectionId: section.id }
  const change: SharingChange = {
    boundary: [
      { subjectKind: 'org', subjectId: world.orgs.hospitals, maxLevel: 'manage', until: null },
      { subjectKind: 'org', subjectId: world.orgs.county, maxLevel: 'read', until: null },
    ],
  }
  await actAs(services, world, 'amara', async (actor) => {
    const { hash } = await runOperation(services, actor, previewSharing, { on, change })
    await runOperation(services, actor, changeSharing, { on, change, hash })
  })
}
