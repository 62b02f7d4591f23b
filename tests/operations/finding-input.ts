import { newId } from '@/lib/ids'
import type { Plan } from '@/tests/operations/plan'

/** A finding about somebody of County's, as an input names it. */
export const findingInput = async ({ world, workspaceId, people, orgs }: Plan) => {
  const findingId = await world.insert('findings', {
    workspace_id: workspaceId,
    rule: 'F-06',
    key: newId(),
    person_id: people.countyReader.personId,
    org_id: orgs.county,
    episode: newId(),
    numbers: JSON.stringify({ quiet: 40, last: 0 }),
    event_ids: [],
    first_at: new Date(),
    last_at: new Date(),
    state: 'open',
  })
  return { workspaceId, findingId }
}
