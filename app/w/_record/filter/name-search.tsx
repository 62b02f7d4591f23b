'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { SearchInput } from '@/app/_components/controls/search-input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { FoundView } from '@/lib/views/desk'

const KIND_WORDS = { person: 'Person', org: 'Agency', document: 'Document', section: 'Section' } as const

interface NameSearchProps {
  workspaceId: Id
  onChoose: (found: FoundView) => void
}

/** People, agencies, documents and sections by a part of their name; what is chosen becomes a filter. */
export function NameSearch({ workspaceId, onChoose }: NameSearchProps) {
  const api = useApi()
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim())
  const query = useQuery(
    api.record.find.queryOptions(
      { workspaceId, text },
      { enabled: text.length >= 2, retry: false, staleTime: 60_000 },
    ),
  )
  const choose = (found: FoundView) => {
    setTyped('')
    onChoose(found)
  }
  return (
    <div className="relative">
      <Field label="A name">
        {(control) => (
          <SearchInput
            {...control}
            data-record-search
            placeholder="At least two characters"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onKeyDown={(event) => {
              const [first] = query.data ?? []
              if (event.key === 'Enter' && first) choose(first)
              if (event.key === 'Escape' && typed !== '') {
                event.stopPropagation()
                setTyped('')
              }
            }}
          />
        )}
      </Field>
      {text.length >= 2 && typed !== '' ? (
        <div className="absolute top-full right-0 left-0 z-20 max-h-80 overflow-auto rounded-md border bg-popover p-1 shadow-float">
          {query.error ? <ProblemView problem={problemOf(query.error)} /> : null}
          <p role="status" className="px-2 py-1 text-muted-foreground text-sm">
            {query.isPending ? 'Looking' : ''}
            {query.data?.length === 0 ? 'Nothing of that name that you may know of' : ''}
            {query.data && query.data.length > 0 ? `${query.data.length} found` : ''}
          </p>
          <ul>
            {(query.data ?? []).map((found) => (
              <li key={found.id}>
                <button
                  type="button"
                  onClick={() => choose(found)}
                  className="flex min-h-8 w-full items-baseline gap-2 rounded-sm px-2 py-1 text-left hover:bg-accent pointer-coarse:min-h-10"
                >
                  <span className="w-20 shrink-0 text-muted-foreground text-xs">
                    {KIND_WORDS[found.kind]}
                  </span>
                  <span className="min-w-0 break-words">
                    {found.name}
                    {found.of ? <span className="text-muted-foreground"> · {found.of}</span> : null}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  )
}

/** Each look is on record: not one for every key. */
const SETTLED_MS = 350

/** The text once nobody has typed for a moment. */
const useSettled = (text: string): string => {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), SETTLED_MS)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
