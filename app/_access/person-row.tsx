'use client'

import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { PersonTrace } from '@/app/_access/person-trace'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { AccessRowView } from '@/lib/views/access'
import type { SharingRef } from '@/lib/views/sharing'

interface PersonRowProps {
  on: SharingRef
  at: string | null
  row: AccessRowView
  withAgency?: boolean
}

/** One person's level, and on demand every rule behind it. */
export function PersonRow({ on, at, row, withAgency = false }: PersonRowProps) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const { person, level, rule, why } = row
  return (
    <li>
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex w-full flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5 text-left hover:bg-accent pointer-coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden
          className={`size-4 shrink-0 text-muted-foreground transition-transform duration-100 motion-reduce:transition-none ${open ? 'rotate-90' : ''}`}
        />
        <Avatar person={person} size="sm" />
        <span className="min-w-24 flex-1 truncate">{person.name}</span>
        {withAgency ? <AgencyTag agency={person.org} /> : null}
        <span className="text-sm">{level === 'none' ? 'No access' : levelWords(level)}</span>
        <span className="w-52 text-muted-foreground text-xs max-sm:w-full max-sm:pl-14">
          {rule} · {why}
        </span>
      </button>
      <div id={id} hidden={!open} className="border-t bg-sunken/60 px-3 py-3">
        {open ? <PersonTrace on={on} at={at} personId={person.id} /> : null}
      </div>
    </li>
  )
}
