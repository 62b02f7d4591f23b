import type { Level, Role } from '@/lib/policy/vocabulary'

/** What people read for a role, and what it lets a person do. */
export const ROLE_WORDS: Record<Role, { name: string; means: string }> = {
  lead: { name: 'Lead', means: 'Edits, and brings in, changes and removes people of their own agency' },
  steward: { name: 'Steward', means: 'Edits, and decides who sees what their own agency wrote' },
  editor: { name: 'Editor', means: 'Reads and edits' },
  reviewer: { name: 'Reviewer', means: 'Reads, comments and suggests changes' },
  reader: { name: 'Reader', means: 'Reads only' },
  guest: { name: 'Guest', means: 'Sees only what names them' },
  auditor: { name: 'Auditor', means: 'Reads the record, never the content' },
}

/** What people read for the ceiling of an agency: nothing where there is no ceiling. */
export const CEILING_WORDS: Record<Level, string> = {
  none: 'no access',
  discover: 'no content',
  read: 'may read at most',
  comment: 'may comment at most',
  suggest: 'may suggest at most',
  edit: 'may edit at most',
  manage: '',
}
