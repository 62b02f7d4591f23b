import type { Level, Role } from '@/lib/policy/vocabulary'

const EVERYWHERE: Record<Role, Level> = {
  lead: 'edit',
  steward: 'edit',
  editor: 'edit',
  reviewer: 'suggest',
  reader: 'read',
  guest: 'none',
  auditor: 'none',
}

/**
 * R7. The content level that a membership gives in its whole workspace. Leads and stewards manage what their own
 * organisation owns (a document) or originated (a section), and nothing of anyone else's.
 */
export const roleLevel = (role: Role, ownObject: boolean): Level =>
  ownObject && (role === 'lead' || role === 'steward') ? 'manage' : EVERYWHERE[role]
