'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { TitleDialog } from '@/app/_components/overlays/title-dialog'
import { useApi } from '@/app/_data/use-api'
import { GroupRow } from '@/app/_organisation/groups/group-row'
import { Section } from '@/app/account/section'
import type { GroupView } from '@/lib/views/organisation'

interface GroupsCardProps {
  initial: { groups: GroupView[]; can: { change: boolean } }
  organisation: string
}

/** Groups inside the organisation: boundaries and grants name them, so whoever is in one has what it was given. */
export function GroupsCard({ initial, organisation }: GroupsCardProps) {
  const api = useApi()
  const { data, refetch } = useQuery(api.groups.list.queryOptions(undefined, { initialData: initial }))
  const [making, setMaking] = useState(false)
  const create = useMutation(api.groups.create.mutationOptions({ onSuccess: () => refetch() }))
  const { groups, can } = data
  return (
    <Section
      title={`Groups of ${organisation}`}
      about="A boundary or a grant can name a group. Whoever is put into it gains what it was given, at once."
      action={
        can.change ? (
          <Button onClick={() => setMaking(true)}>
            <Plus aria-hidden /> Make a group
          </Button>
        ) : undefined
      }
    >
      {groups.length === 0 ? (
        <li className="px-4 py-3 text-muted-foreground">
          {can.change
            ? 'No group yet. Make one for a team that is given the same things again and again.'
            : 'No group yet. Administrators and leads make them.'}
        </li>
      ) : null}
      {groups.map((group) => (
        <GroupRow key={group.id} group={group} canChange={can.change} onChanged={() => refetch()} />
      ))}
      <TitleDialog
        open={making}
        onOpenChange={setMaking}
        heading="Make a group"
        label="Name of the group"
        confirmLabel="Make"
        onConfirm={async (name) => {
          await create.mutateAsync({ name })
          announce(`${name} is made.`)
        }}
      />
    </Section>
  )
}
