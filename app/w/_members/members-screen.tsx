'use client'

import { useQuery } from '@tanstack/react-query'
import { UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { SearchInput } from '@/app/_components/controls/search-input'
import { PageHeader } from '@/app/_components/layout/page-header'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { useApi } from '@/app/_data/use-api'
import { AddMembers } from '@/app/w/_members/add-members'
import { AgencyMembers } from '@/app/w/_members/agency-members'
import { useMemberActs } from '@/app/w/_members/use-member-acts'
import type { MeView } from '@/lib/views/person'
import type { MembersView } from '@/lib/views/workspace'

/** Everyone in a workspace, by agency. Leads add, change and remove people of their own agency only. */
export function MembersScreen({ initial, me }: { initial: MembersView; me: MeView }) {
  const { workspaceId } = initial
  const asked = useApi().members.get.queryOptions({ workspaceId })
  const view = useQuery({ ...asked, initialData: initial }).data
  const acts = useMemberActs(workspaceId)
  const [adding, setAdding] = useState(false)
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const agencies = view.agencies
    .map(({ agency, members }) => ({
      agency,
      members: members.filter(({ person, role }) =>
        [person.name, agency.name, agency.shortCode, ROLE_WORDS[role].name].some((text) =>
          text.toLowerCase().includes(wanted),
        ),
      ),
    }))
    .filter(({ members }) => wanted === '' || members.length > 0)
  const found = agencies.reduce((sum, { members }) => sum + members.length, 0)
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader
        title="People"
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: view.title, href: `/w/${workspaceId}` },
        ]}
        actions={
          <Button
            variant="primary"
            disabledWhy={view.can.add ? null : (view.can.why ?? 'Only leads add people of their own agency.')}
            onClick={() => setAdding(true)}
          >
            <UserRoundPlus aria-hidden />
            Add people of {me.org.shortCode}
          </Button>
        }
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-6">
        <SearchInput
          aria-label="Find people by name, agency or role"
          placeholder="Find by name, agency or role"
          className="w-72 max-sm:w-full"
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <p aria-live="polite" className="text-muted-foreground text-sm">
          {found === 1 ? '1 person' : `${found} people`}
          {wanted === '' ? ` of ${view.agencies.length} agencies` : ' found'}
        </p>
      </div>
      <div className="flex flex-col gap-8">
        {agencies.map(({ agency, members }) => (
          <AgencyMembers
            key={agency.id}
            agency={agency}
            members={members}
            own={agency.id === me.org.id}
            meId={me.id}
            acts={acts}
          />
        ))}
      </div>
      {wanted !== '' && found === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-muted-foreground">
          Nobody here matches “{words.trim()}”.
        </p>
      ) : null}
      <AddMembers open={adding} onOpenChange={setAdding} view={view} org={me.org} acts={acts} />
    </div>
  )
}
