import { Users } from 'lucide-react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import type { SubjectKind } from '@/lib/policy/vocabulary'
import type { AgencyView } from '@/lib/views/person'

export interface Named {
  subjectKind: SubjectKind
  name: string
  agency: AgencyView | null
}

/** A person, a group or an agency in a row: face or sign, name, agency. */
export function SubjectMark({ subjectKind, name, agency }: Named) {
  if (subjectKind === 'org' && agency !== null) return <AgencyTag agency={agency} withName />
  return (
    <span className="flex min-w-0 items-center gap-2">
      {subjectKind === 'person' && agency !== null ? (
        <Avatar person={{ name, org: agency }} size="sm" />
      ) : (
        <Users aria-hidden className="size-4 shrink-0 text-muted-foreground" />
      )}
      <span className="min-w-0 truncate">{name}</span>
      {agency ? <AgencyTag agency={agency} /> : null}
    </span>
  )
}
