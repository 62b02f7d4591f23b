'use client'

import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import { Popover } from '@/app/_components/overlays/popover'
import type { PersonView } from '@/lib/views/person'

interface FacePileProps {
  people: readonly (PersonView & { idle?: boolean })[]
  /** Names the button and the list: "In this section now". */
  label: string
  most?: number
  size?: 'sm' | 'md'
}

/** Overlapping faces; a click lists everyone by name and agency. Nothing when nobody is there. */
export function FacePile({ people, label, most = 4, size = 'sm' }: FacePileProps) {
  if (people.length === 0) return null
  const rest = people.length - most
  const trigger = (
    <button
      type="button"
      aria-label={`${label}: ${people.map((one) => `${one.name}, ${one.org.shortCode}`).join('; ')}`}
      className="inline-flex items-center rounded-full p-0.5 hover:bg-accent pointer-coarse:min-h-10"
    >
      {people.slice(0, most).map((person, index) => (
        <Avatar
          key={person.id}
          person={person}
          size={size}
          idle={person.idle ?? false}
          className={`ring-2 ring-background ${index > 0 ? '-ml-1.5' : ''}`}
        />
      ))}
      {rest > 0 ? <span className="px-1.5 text-muted-foreground text-xs">+{rest}</span> : null}
    </button>
  )
  return (
    <Popover trigger={trigger} label={label} className="w-72 p-2">
      <p className="px-2 py-1 text-muted-foreground text-xs">{label}</p>
      <ul>
        {people.map((person) => (
          <li key={person.id} className="flex items-center gap-2 px-2 py-1">
            <Avatar person={person} size="sm" />
            <span className="min-w-0 flex-1 truncate">{person.name}</span>
            <AgencyTag agency={person.org} />
          </li>
        ))}
      </ul>
    </Popover>
  )
}
