import { newId } from '@/lib/ids'
import { getDocument } from '@/server/operations/documents/get-document'
import { createPerson } from '@/server/operations/identity/create-person'
import { runOperation } from '@/server/operations/run-operation'
import type { Plan } from '@/tests/operations/plan'

export const NAME = 'Zelda Quillfeather'
export const EMAIL = 'zelda.quillfeather@county.example'
export const ADDRESS = '203.0.113.77'
const DEVICE = 'Quillfeather Browser 7'

/** Somebody who has left traces wherever a person can. */
export const zelda = async (plan: Plan) => {
  const { personId } = await runOperation(plan.services, plan.people.countyLead, createPerson, {
    name: NAME,
    email: EMAIL,
  })
  const { world, workspaceId, documentId, orgs, services } = plan
  await world.membership(workspaceId, personId, 'editor')
  const actor = await world.actor(personId)
  const mine = { ...actor, source: { ...actor.source, address: ADDRESS, userAgent: DEVICE } }
  await services.db.query('update sessions set address = $2, user_agent = $3 where person_id = $1', [
    personId,
    ADDRESS,
    DEVICE,
  ])
  await runOperation(services, mine, getDocument, { documentId })
  const invitation = await world.insert('person_invitations', {
    org_id: orgs.county,
    email: EMAIL,
    name: NAME,
    created_by: plan.people.countyLead.personId,
    expires_at: new Date(Date.now() + 86_400_000),
  })
  const offer = await world.insert('participation_offers', {
    kind: 'invite',
    workspace_id: workspaceId,
    email: EMAIL,
    ceiling: 'edit',
    may_export: false,
    message: '',
    state: 'open',
    offered_by: plan.people.countyLead.personId,
    offered_by_org: orgs.county,
    expires_at: new Date(Date.now() + 86_400_000),
  })
  for (const ref of [invitation, offer])
    await world.insert('mail_outbox', {
      kind: 'person_invitation',
      ref_id: ref,
      last_error: `550 no such user ${EMAIL}`,
    })
  await world.insert('notifications', {
    person_id: personId,
    kind: 'access.changed',
    workspace_id: workspaceId,
  })
  await world.insert('access_requests', {
    person_id: personId,
    org_id: orgs.county,
    asked_for: newId(),
    level: 'read',
    reason: `I am ${NAME}.`,
    state: 'declined',
  })
  for (const key of [`address:sign-in:${ADDRESS}`, `address:link:${ADDRESS}`])
    await services.db.query(
      'insert into sign_in_throttles (key, failures, last_failure_at) values ($1, 1, now())',
      [key],
    )
  // As somebody refused at sign-in with her address leaves it, and whoever invited her.
  await services.db.transaction(async (tx) => {
    const nobody = { personId: null, orgId: null, sessionId: null }
    services.recorder.append(tx, {
      type: 'session.refused',
      outcome: 'denied',
      actor: nobody,
      object: { targetId: personId },
      clear: { email: EMAIL },
    })
    services.recorder.append(tx, {
      type: 'invitation.sent',
      outcome: 'allowed',
      actor: nobody,
      object: { targetId: invitation },
      clear: { email: EMAIL, name: NAME },
    })
    services.recorder.append(tx, {
      type: 'offer.made',
      outcome: 'allowed',
      actor: nobody,
      object: { targetId: offer },
      clear: { email: EMAIL },
    })
  })
  return { personId, actor: mine }
}
