'use client'

import { useQuery } from '@tanstack/react-query'
import { Mail, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { SearchInput } from '@/app/_components/controls/search-input'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { useApi } from '@/app/_data/use-api'
import type { PeopleWindow } from '@/app/_organisation/people/people-windows'
import { PersonRow } from '@/app/_organisation/people/person-row'
import { usePeopleActs } from '@/app/_organisation/people/use-people-acts'
import { Section } from '@/app/account/section'
import type { OwnPersonView } from '@/lib/views/identity'
import type { MeView } from '@/lib/views/person'

const peopleWindows = later(() => import('@/app/_organisation/people/people-windows'))

/** For administrators: who has an account at their organisation, when they were last here and how they sign in. */
export function PeopleCard({ initial, me }: { initial: OwnPersonView[]; me: MeView }) {
  const { data: people, refetch } = useQuery(
    useApi().people.list.queryOptions(undefined, { initialData: initial }),
  )
  const [words, setWords] = useState('')
  const [shownWindow, setWindow] = useState<PeopleWindow | null>(null)
  const windows = useLater(peopleWindows, shownWindow !== null, () => setWindow(null))
  const acts = usePeopleActs({ onChanged: refetch, onLink: (made) => setWindow({ kind: 'link', made }) })
  const wanted = words.trim().toLowerCase()
  const shown = people.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted))
  return (
    <Section
      title={`People of ${me.org.name}`}
      about="An account belongs to one organisation. What people may do is decided in each workspace."
      action={
        <div className="flex flex-wrap gap-2">
          <Button onClick={() => setWindow({ kind: 'add' })}>
            <UserPlus aria-hidden /> Add a person
          </Button>
          <Button variant="primary" onClick={() => setWindow({ kind: 'invite' })}>
            <Mail aria-hidden /> Invite by e-mail
          </Button>
        </div>
      }
    >
      {people.length > 6 ? (
        <li className="px-4 py-3">
          <SearchInput
            aria-label="Find people by name or e-mail"
            placeholder="Find by name or e-mail"
            className="w-72 max-sm:w-full"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </li>
      ) : null}
      {shown.map((person) => (
        <PersonRow
          key={person.id}
          person={person}
          isMe={person.id === me.id}
          acts={acts}
          onSuspend={() => setWindow({ kind: 'suspend', person })}
        />
      ))}
      {shown.length === 0 ? (
        <li className="px-4 py-3 text-muted-foreground">Nobody matches “{words.trim()}”.</li>
      ) : null}
      {windows && shownWindow !== null ? (
        <windows.PeopleWindows
          shown={shownWindow}
          organisation={me.org.name}
          onShow={setWindow}
          onChanged={refetch}
        />
      ) : null}
    </Section>
  )
}
