import type { Id } from '@/lib/ids'
import type { Level, SubjectKind } from '@/lib/policy/vocabulary'

export interface ClauseInput {
  subjectKind: SubjectKind
  subjectId: Id
  maxLevel: Level
  /** ISO 8601 or null for no end. */
  until: string | null
}

/** null = inherit from the document ("everyone here"); [] = nobody. */
export type BoundaryInput = ClauseInput[] | null
