import { Lock } from 'lucide-react'
import { useId } from 'react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { MemberRow } from '@/app/w/_members/member-row'
import type { MemberActs } from '@/app/w/_members/use-member-acts'
import type { Id } from '@/lib/ids'
import type { AgencyView } from '@/lib/views/person'
import type { MemberView } from '@/lib/views/workspace'

interface AgencyMembersProps {
  agency: AgencyView
  members: MemberView[]
  /** Mine: an empty list invites to add. */
  own: boolean
  meId: Id
  acts: MemberActs
  /** People chosen for a change of several at once. */
  chosen: ReadonlySet<Id>
  onChoose: (personId: Id, chosen: boolean) => void
}

/** One agency's people. When none of them may be changed for one and the same reason, it is said once, on top. */
export function AgencyMembers({ agency, members, own, meId, acts, chosen, onChoose }: AgencyMembersProps) {
  const id = useId()
  const reasons = new Set(members.map(({ can }) => (can.change ? null : can.why)))
  const [only] = reasons
  const shared = reasons.size === 1 && only ? only : null
  return (
    <section aria-labelledby={id}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-2">
        <h2 id={id} className="flex items-center gap-2 font-semibold">
          <AgencyTag agency={agency} />
          {agency.name}
        </h2>
        {shared ? (
          <p className="flex items-center gap-1.5 text-muted-foreground text-sm">
            <Lock aria-hidden className="size-3.5 shrink-0" />
            {shared}
          </p>
        ) : null}
      </div>
      {members.length === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-4 text-muted-foreground">
          {own
            ? 'Nobody of your agency is here yet.'
            : `Nobody of ${agency.name} is here yet; its leads add them.`}
        </p>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {members.map((member) => (
            <MemberRow
              key={member.person.id}
              member={member}
              isMe={member.person.id === meId}
              why={shared === null ? member.can.why : null}
              acts={acts}
              chosen={member.can.change && member.person.id !== meId ? chosen.has(member.person.id) : null}
              onChoose={(next) => onChoose(member.person.id, next)}
            />
          ))}
        </ul>
      )}
    </section>
  )
}
