'use client'

import { useQuery } from '@tanstack/react-query'
import { useApi } from '@/app/_data/use-api'
import { InvitationRow } from '@/app/_organisation/people/invitation-row'
import { Section } from '@/app/account/section'
import type { Id } from '@/lib/ids'
import type { InvitationView } from '@/lib/views/organisation'

interface InvitationsCardProps {
  initial?: InvitationView[]
  /** Only those into this workspace. */
  workspaceId?: Id
}

/** Who is invited by e-mail and has not accepted: send again, withdraw, hand the link over. Nothing where nobody is. */
export function InvitationsCard({ initial, workspaceId }: InvitationsCardProps) {
  const { data, refetch } = useQuery(
    useApi().invitations.list.queryOptions(
      { workspaceId: workspaceId ?? null },
      initial === undefined ? {} : { initialData: initial },
    ),
  )
  if (data === undefined || data.length === 0) return null
  return (
    <Section
      title="Invited, not here yet"
      about="Links work once, for 72 hours, for the address that they were sent to."
    >
      {data.map((invitation) => (
        <InvitationRow key={invitation.id} invitation={invitation} onChanged={() => refetch()} />
      ))}
    </Section>
  )
}
