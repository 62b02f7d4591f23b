import { DomainError } from '@/lib/errors'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies } from '@/server/operations/shaping/agencies'
import type { Authorized, PersonAnswer } from '@/server/policy/authorize'

const originatorOf = async ({ tx }: OperationContext, { facts }: Authorized) => {
  if (facts.section === null) throw new Error('asked about the originator of no section')
  return mustGet(await readAgencies(tx, [facts.section.originatorOrgId]), facts.section.originatorOrgId)
}

/** A widening is the originator's alone: its leads and stewards, whatever else somebody may have been granted. */
export const assertMayWiden = async (context: OperationContext, authorized: Authorized): Promise<void> => {
  const role = authorized.facts.membership?.role
  const originator = await originatorOf(context, authorized)
  if (context.actor.orgId === originator.id && (role === 'lead' || role === 'steward')) return
  throw new DomainError('denied', `Only ${originator.name} can change who sees this.`, {
    rule: 'R7',
    ask: `a steward of ${originator.name}`,
  })
}

/** Whatever changes, somebody of the originator must be left who can change it back, now and at every later moment. */
export const assertOriginatorKeepsControl = async (
  context: OperationContext,
  authorized: Authorized,
  after: readonly PersonAnswer[][],
): Promise<void> => {
  const originator = await originatorOf(context, authorized)
  const isKept = after.every((people) =>
    people.some(({ orgId, decision }) => orgId === originator.id && decision.level === 'manage'),
  )
  if (isKept) return
  throw new DomainError(
    'invalid',
    `That would leave nobody of ${originator.name} who can manage this section. Name a lead or steward of ${originator.name} with “manage” and without an end.`,
  )
}
