'use client'

import { Plus } from 'lucide-react'
import { useState } from 'react'
import { SearchInput } from '@/app/_components/controls/search-input'
import { SubjectMark } from '@/app/_sharing/rows/subject-mark'
import { type Candidate, matching } from '@/app/_sharing/rows/subjects'

const MOST_FOUND = 6

interface FindSubjectProps {
  label: string
  placeholder: string
  candidates: readonly Candidate[]
  onFound: (found: Candidate) => void
}

/** A search box over those who take part here, with what it finds below it. */
export function FindSubject({ label, placeholder, candidates, onFound }: FindSubjectProps) {
  const [words, setWords] = useState('')
  const found = matching(candidates, words)
  return (
    <div>
      <SearchInput
        aria-label={label}
        placeholder={placeholder}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {words.trim() === '' ? null : (
        <ul className="mt-1 rounded-lg border bg-popover p-1" aria-live="polite">
          {found.length === 0 ? (
            <li className="px-2 py-1 text-muted-foreground">
              Nobody of that name takes part here. Their agency’s lead can add them to the workspace.
            </li>
          ) : null}
          {found.slice(0, MOST_FOUND).map((one) => (
            <li key={`${one.subjectKind} ${one.subjectId}`}>
              <button
                type="button"
                onClick={() => {
                  onFound(one)
                  setWords('')
                }}
                className="flex min-h-8 w-full items-center gap-2 rounded-sm px-2 text-left hover:bg-accent pointer-coarse:min-h-10"
              >
                <Plus aria-hidden className="size-4 shrink-0 text-muted-foreground" />
                <SubjectMark {...one} />
              </button>
            </li>
          ))}
          {found.length > MOST_FOUND ? (
            <li className="px-2 py-1 text-muted-foreground text-sm">
              {found.length - MOST_FOUND} more: type more of the name.
            </li>
          ) : null}
        </ul>
      )}
    </div>
  )
}
