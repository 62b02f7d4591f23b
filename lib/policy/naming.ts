import type { Id } from '@/lib/ids'
import type { SubjectFacts, Validity } from '@/lib/policy/facts'
import { inForce } from '@/lib/policy/validity'
import type { SubjectKind } from '@/lib/policy/vocabulary'

/** A clause, a grant or a deny: all three name somebody for a while. */
interface NamingRow {
  subjectKind: SubjectKind
  subjectId: Id
  validity: Validity
}

/** True when the row is in force at `at` and names the person: by name, by organisation, or by a group they are in. */
export const names = (row: NamingRow, subject: SubjectFacts, at: number): boolean => {
  switch (row.subjectKind) {
    case 'person':
      return row.subjectId === subject.personId && inForce(row.validity, at)
    case 'org':
      return row.subjectId === subject.orgId && inForce(row.validity, at)
    case 'group':
      if (!inForce(row.validity, at)) return false
      for (const group of subject.groups) {
        if (group.groupId === row.subjectId && inForce(group.validity, at)) return true
      }
      return false
  }
}
