/** The words of policy. Order matters: a later level includes every earlier one. */
export const LEVELS = ['none', 'discover', 'read', 'comment', 'suggest', 'edit', 'manage'] as const
export type Level = (typeof LEVELS)[number]

/** A word that is no level has no rank (undefined at run time). A switch, because a lookup costs five times as much. */
export const rankOf = (level: Level): number => {
  switch (level) {
    case 'none':
      return 0
    case 'discover':
      return 1
    case 'read':
      return 2
    case 'comment':
      return 3
    case 'suggest':
      return 4
    case 'edit':
      return 5
    case 'manage':
      return 6
    default:
      return undefined as never
  }
}
export const atLeast = (level: Level, needed: Level): boolean => rankOf(level) >= rankOf(needed)
export const lower = (a: Level, b: Level): Level => (rankOf(a) <= rankOf(b) ? a : b)
export const higher = (a: Level, b: Level): Level => (rankOf(a) >= rankOf(b) ? a : b)

export const ROLES = ['lead', 'steward', 'editor', 'reviewer', 'reader', 'guest', 'auditor'] as const
export type Role = (typeof ROLES)[number]

/** DESIGN.md section 3. The first rule that matches gives the reason. */
export const RULES = ['R0', 'R1', 'R2', 'R3', 'R4', 'R5', 'R6', 'R7', 'R8', 'R9'] as const
export type Rule = (typeof RULES)[number]

/** Whom a clause, a grant or a deny names. */
export const SUBJECT_KINDS = ['org', 'group', 'person'] as const
export type SubjectKind = (typeof SUBJECT_KINDS)[number]

export const HANDLINGS = ['export', 'print', 'copy'] as const
export type Handling = (typeof HANDLINGS)[number]
