import type { Id } from '@/lib/ids'

/**
 * Whose access may have changed. Over-wide is safe (the ordinary door decides again), empty is a bug. Fields
 * narrow each other: { workspaceId, personId } is that person in that workspace. Not empty by type.
 */
export type AccessScope =
  | { workspaceId: Id; sectionId?: Id; documentId?: Id; personId?: Id; orgId?: Id }
  | { personId: Id; sessionId?: Id }
  | { orgId: Id }

/** Keys of `access_clocks` that a change of this scope raises. */
export const clockKeys = (scope: AccessScope): string[] => {
  if ('workspaceId' in scope) return [`workspace:${scope.workspaceId}`]
  if ('personId' in scope) return [`person:${scope.personId}`]
  return [`org:${scope.orgId}`]
}

/** Keys that a commit of this person's updates in this workspace reads FOR SHARE, sorted so that locks do not cross. */
export const clockKeysOf = (who: { workspaceId: Id; personId: Id; orgId: Id }): string[] =>
  [`org:${who.orgId}`, `person:${who.personId}`, `workspace:${who.workspaceId}`].sort()
