import type { Facts, Request } from '@/lib/policy/facts'
import type { Finding } from '@/lib/policy/finding'
import { inForce } from '@/lib/policy/validity'

/** Asks that a level does not answer: they go by the role alone, and give no level on content. */
export const isDuty = ({ ask }: Request): boolean => ask === 'members' || ask === 'record' || ask === 'enter'

/** R7. Enter: any role. Record: an auditor. Members: a lead, for people of the lead's own organisation. */
export const roleGivesDuty = ({ membership, subject, at }: Facts, request: Request): Finding => {
  if (membership === null || !inForce(membership.validity, at)) return { cap: 'none', rows: [] }
  const { role } = membership
  const gives =
    request.ask === 'enter' ||
    (request.ask === 'record' && role === 'auditor') ||
    (request.ask === 'members' && role === 'lead' && request.orgId === subject.orgId)
  return { cap: gives ? 'manage' : 'none', rows: [membership.id] }
}

/** R8. Nobody is brought into or changed in an archived workspace; it can still be entered and its record read. */
export const stateAllowsDuty = ({ workspace }: Facts, { ask }: Request): Finding | null =>
  ask === 'members' && workspace.state === 'archived' ? { cap: 'none', rows: [workspace.id] } : null
