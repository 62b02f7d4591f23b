import { appRouter } from '@/server/api/router'
import type { Recorder } from '@/server/audit/append'
import { idsIn, kindsAt, swapped } from '@/tests/api/ids'
import { OUTSIDERS, type Outsider, outsidersIn } from '@/tests/api/matrix/outsiders'
import { PROCEDURES } from '@/tests/api/procedures'
import { SIGNED_IN } from '@/tests/api/procedures/who'
import { type Person, serve, takingBack } from '@/tests/api/served'
import { openPlan, type Plan } from '@/tests/operations/plan'
import { inputsFor, type Schema } from '@/tests/support/generated-input'
import { type Kind, oneOfEach } from '@/tests/support/one-of-each'

export type Role = Person | Outsider
export const ROLES: readonly Role[] = [...SIGNED_IN, ...OUTSIDERS, 'signedOut']

type Procedure = { path: string; type: 'query' | 'mutation'; schema: Schema | undefined }

// At run time the router lists its procedures flat, by path; its type says otherwise.
const flat = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: 'query' | 'mutation'; inputs: Schema[] } }
>
/** Every procedure of the API there is: nobody has to list a new one. */
export const ALL_PROCEDURES: readonly Procedure[] = Object.entries(flat).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  schema: _def.inputs[0],
}))

export interface MatrixBed {
  plan: Plan
  /** One of each kind that belongs to our own workspace: what the generated inputs name. */
  own: Record<Kind, string>
  /** Denials that were put on record so far. */
  denials(): number
  call(role: Role, procedure: Procedure, input: unknown): Promise<{ status: number; body: string }>
  /** Words of the workspace's content and of the foreign world; whoever may not know them must not be told. */
  content: readonly string[]
  foreign: readonly string[]
  /** Of the section that is shut for all but the hospital's own. */
  hidden: readonly string[]
  close(): Promise<void>
}

export const openMatrix = async (): Promise<MatrixBed> => {
  const plan = await openPlan()
  const { people, workspaceId, documentId, sections, orgs, elsewhere, world } = plan
  const { countyLead } = people
  const own = await oneOfEach(
    world,
    {
      workspaceId,
      documentId: plan.annexId,
      sectionId: sections.open,
      orgId: orgs.county,
      personId: countyLead.personId,
      sessionId: countyLead.sessionId,
      membershipId: people.countyReader.membershipId,
    },
    'here',
  )
  // Everybody was told of the shut section, has been there and has asked for it, from before it was shut.
  for (const { personId, orgId } of Object.values(people)) {
    const about = { workspace_id: workspaceId, document_id: documentId, section_id: sections.closed }
    await world.insert('notifications', { person_id: personId, kind: 'access.changed', ...about })
    await world.insert('access_requests', {
      ...about,
      person_id: personId,
      org_id: orgId,
      asked_for: sections.closed,
      level: 'read',
      reason: 'For the shift plan.',
      state: 'declined',
    })
  }
  let denials = 0
  const inner = plan.services.recorder
  const recorder: Recorder = {
    ...inner,
    append(tx, draft) {
      if (draft.outcome === 'denied') denials++
      return inner.append(tx, draft)
    },
  }
  const api = await serve(
    plan,
    takingBack({ ...plan.services, recorder }),
    undefined,
    await outsidersIn(plan),
  )
  return {
    plan,
    own,
    denials: () => denials,
    call: (role, { path, type }, input) => api.call(role, path, type, input),
    content: [
      documentId,
      ...Object.values(sections),
      'Flood response plan',
      'Situation',
      'Forecast',
      'Staffing',
    ],
    foreign: [...Object.values(elsewhere.rows), 'lsewhere'],
    hidden: [sections.closed, 'Staffing'],
    async close() {
      await api.close()
      await plan.services.close()
    },
  }
}

interface Place {
  input: unknown
  path: readonly string[]
  foreign: { id: string; hiddenFrom(role: Role): boolean }[]
}

/**
 * Inputs for a procedure: the table's, which somebody may do, and the generated ones where they name something by id
 * that the table's does not.
 */
export const placesOf = async ({ plan, own }: MatrixBed, { path, schema }: Procedure) => {
  // The whole matrix may take longer than a proof of who one is holds.
  await plan.services.db.query('update sessions set confirmed_at = now()')
  const byHand = await PROCEDURES[path]?.input?.(plan)
  const generated = inputsFor(schema, (names) => own[kindsAt(names)[0] as Kind])
  const seen = new Set<string>()
  const places: Place[] = []
  for (const input of [byHand, ...generated]) {
    for (const place of idsIn(input, plan)) {
      const name = place.path.join('.')
      if (seen.has(name)) continue
      seen.add(name)
      places.push({ input, ...place, foreign: place.foreign as Place['foreign'] })
    }
  }
  return { inputs: [byHand, ...generated].filter((one, i) => i > 0 || one !== undefined), places }
}

export const withId = (place: Place, id: string): unknown => swapped(place.input, place.path, id)
