'use client'

import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useDeferredValue, useState } from 'react'
import { SearchInput } from '@/app/_components/controls/search-input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { PersonView } from '@/lib/views/person'

const SHORTEST = 3

/** Finds a colleague by name or address: from three characters on, at most eight. */
export function ColleagueSearch({ action }: { action?: (person: PersonView) => ReactNode }) {
  const [words, setWords] = useState('')
  const wanted = useDeferredValue(words.trim())
  const asks = wanted.length >= SHORTEST
  const query = useQuery(
    useApi().people.search.queryOptions(
      { words: wanted, workspaceId: null },
      { enabled: asks, retry: false },
    ),
  )
  const found = asks ? (query.data ?? []) : []
  const says = () => {
    if (!asks) return `Type at least ${SHORTEST} characters; at most eight are shown.`
    if (query.isPending) return 'Looking …'
    return found.length === 0 ? 'Nobody of that name.' : `${found.length} found`
  }
  return (
    <div className="flex flex-col gap-2">
      <SearchInput
        aria-label="Find a colleague by name or e-mail"
        placeholder="Find by name or e-mail"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      <p aria-live="polite" className="text-muted-foreground text-sm">
        {says()}
      </p>
      {query.error ? <ProblemView problem={problemOf(query.error)} /> : null}
      {found.length === 0 ? null : (
        <ul aria-label="Found" className="divide-y">
          {found.map(({ person, email }) => (
            <li key={person.id} className="flex min-h-11 flex-wrap items-center gap-3 py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block break-words font-medium">{person.name}</span>
                <span className="block break-words text-muted-foreground text-sm">{email}</span>
              </span>
              {action?.(person)}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
