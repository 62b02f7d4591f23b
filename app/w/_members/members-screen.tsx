'use client'

import { useQuery } from '@tanstack/react-query'
import { Mail, UserRoundPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { SearchInput } from '@/app/_components/controls/search-input'
import { Select } from '@/app/_components/controls/select'
import { PageHeader } from '@/app/_components/layout/page-header'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { useApi } from '@/app/_data/use-api'
import { AgencyMembers } from '@/app/w/_members/agency-members'
import { useMemberActs } from '@/app/w/_members/use-member-acts'
import type { Id } from '@/lib/ids'
import { ROLES, type Role } from '@/lib/policy/vocabulary'
import type { MeView } from '@/lib/views/person'
import type { MembersView } from '@/lib/views/workspace'

const addMembers = later(() => import('@/app/w/_members/add-members'))
const severalMembers = later(() => import('@/app/w/_members/several-members'))
const invitationsCard = later(() => import('@/app/_organisation/people/invitations-card'))
const inviteToWorkspace = later(() => import('@/app/w/_members/invite-to-workspace'))

const ROLE_OPTIONS = [
  { value: '', label: 'Every role' },
  ...ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].name })),
]

/** Everyone in a workspace, by agency. Leads add, change and remove people of their own agency only. */
export function MembersScreen({ initial, me }: { initial: MembersView; me: MeView }) {
  const { workspaceId } = initial
  const asked = useApi().members.get.queryOptions({ workspaceId })
  const view = useQuery({ ...asked, initialData: initial }).data
  const acts = useMemberActs(workspaceId)
  const [adding, setAdding] = useState(false)
  const [inviting, setInviting] = useState(false)
  const invite = useLater(inviteToWorkspace, inviting, () => setInviting(false))
  const [chosen, setChosen] = useState<ReadonlySet<Id>>(new Set())
  const [role, setRole] = useState<Role | ''>('')
  const add = useLater(addMembers, adding, () => setAdding(false))
  const several = useLater(severalMembers, chosen.size > 0, () => setChosen(new Set()))
  const invitations = useLater(invitationsCard, view.can.add, () => {})
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const agencies = view.agencies
    .map(({ agency, members }) => ({
      agency,
      members: members.filter(
        (member) =>
          (role === '' || member.role === role) &&
          [member.person.name, agency.name, agency.shortCode, ROLE_WORDS[member.role].name].some((text) =>
            text.toLowerCase().includes(wanted),
          ),
      ),
    }))
    .filter(({ members }) => (wanted === '' && role === '') || members.length > 0)
  const choices = agencies.flatMap(({ members }) => members.filter(({ person }) => chosen.has(person.id)))
  const choose = (personId: Id, isChosen: boolean) => {
    const next = new Set(chosen)
    if (isChosen) next.add(personId)
    else next.delete(personId)
    setChosen(next)
  }
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
          <>
            {view.can.add ? (
              <Button onClick={() => setInviting(true)}>
                <Mail aria-hidden /> Invite by e-mail
              </Button>
            ) : null}
            <Button
              variant="primary"
              disabledWhy={
                view.can.add ? null : (view.can.why ?? 'Only leads add people of their own agency.')
              }
              onClick={() => setAdding(true)}
            >
              <UserRoundPlus aria-hidden />
              Add people of {me.org.shortCode}
            </Button>
          </>
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
        <Select
          aria-label="Only this role"
          className="w-36"
          value={role}
          options={ROLE_OPTIONS}
          onChange={(event) => setRole(event.target.value as Role | '')}
        />
        <p aria-live="polite" className="text-muted-foreground text-sm">
          {found === 1 ? '1 person' : `${found} people`}
          {wanted === '' && role === '' ? ` of ${view.agencies.length} agencies` : ' found'}
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
            chosen={chosen}
            onChoose={choose}
          />
        ))}
      </div>
      {(wanted !== '' || role !== '') && found === 0 ? (
        <p className="rounded-lg border border-dashed px-4 py-6 text-muted-foreground">
          Nobody here matches{wanted === '' ? ' this role' : ` “${words.trim()}”`}.
        </p>
      ) : null}
      {several && choices.length > 0 ? (
        <several.SeveralMembers members={choices} acts={acts} onDone={() => setChosen(new Set())} />
      ) : null}
      {invitations ? (
        <div className="mt-8">
          <invitations.InvitationsCard workspaceId={workspaceId} />
        </div>
      ) : null}
      {invite && inviting ? (
        <invite.InviteToWorkspace workspaceId={workspaceId} me={me} onClose={() => setInviting(false)} />
      ) : null}
      {add ? (
        <add.AddMembers open={adding} onOpenChange={setAdding} view={view} org={me.org} acts={acts} />
      ) : null}
    </div>
  )
}
