'use client'

import { ChevronRight } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import { Td } from '@/app/_components/layout/table'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { OutcomeTag } from '@/app/w/_record/outcome-tag'
import { capital } from '@/app/w/_record/plain-words'
import type { RecordFilter, RecordRowView } from '@/lib/views/record'

const RecordDetails = lazy(() =>
  import('@/app/w/_record/entry/record-details').then(({ RecordDetails }) => ({ default: RecordDetails })),
)

interface RecordRowProps {
  row: RecordRowView
  open: boolean
  onToggle: () => void
  filter: RecordFilter
  onFilter: (filter: RecordFilter) => void
}

const cell = 'py-1.5 max-md:border-0 max-md:p-0'

/** A click anywhere in the row opens it; by keyboard, and for screen readers, its button does. */
export function RecordRow({ row, open, onToggle, filter, onFilter }: RecordRowProps) {
  const { at, actor, sentence, object, outcome, rule } = row
  return (
    <>
      <tr
        onClick={(event) => {
          const inside = event.target instanceof Element && event.target.closest('button, a') !== null
          if (!inside && String(getSelection()) === '') onToggle()
        }}
        className="cursor-pointer hover:bg-muted max-md:relative max-md:flex max-md:flex-wrap max-md:gap-x-3 max-md:gap-y-1 max-md:border-t max-md:py-2.5 max-md:pr-3 max-md:pl-10 max-md:first:border-t-0"
      >
        <Td className={`w-8 pr-0 ${cell} max-md:absolute max-md:top-1.5 max-md:left-1.5`}>
          <button
            type="button"
            data-entry
            aria-expanded={open}
            aria-label={`Details: ${actor?.name ?? 'Nobody signed in'} ${sentence}`}
            onClick={onToggle}
            className="flex size-7 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
          >
            <ChevronRight
              aria-hidden
              className={`size-4 transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
            />
          </button>
        </Td>
        <Td className={`w-40 text-muted-foreground text-sm ${cell} max-md:w-auto max-md:grow`}>
          <Time at={at} as="audit" />
          <span className="md:hidden"> UTC</span>
        </Td>
        <Td className={`md:w-56 ${cell} max-md:order-2 max-md:w-full`}>
          {actor ? (
            <span className="flex items-center gap-2">
              <AgencyTag agency={{ shortCode: actor.orgShortCode, colour: actor.orgColour }} />
              <span className="break-words">{actor.name}</span>
            </span>
          ) : (
            <span className="text-muted-foreground">Nobody signed in</span>
          )}
        </Td>
        <Td className={`${cell} break-words max-md:order-3 max-md:w-full max-md:font-medium`}>
          {capital(sentence)}
        </Td>
        <Td className={`${cell} break-words text-muted-foreground max-md:order-4 max-md:w-full`}>
          {object.title ?? <span className="max-md:hidden">–</span>}
        </Td>
        <Td className={`w-32 ${cell} max-md:w-auto`}>
          <OutcomeTag outcome={outcome} rule={rule} />
        </Td>
      </tr>
      {open ? (
        <tr className="max-md:block">
          <Td colSpan={6} className="bg-sunken max-md:block">
            <Suspense fallback={<Skeleton className="h-24 w-full" />}>
              <RecordDetails row={row} filter={filter} onFilter={onFilter} />
            </Suspense>
          </Td>
        </tr>
      ) : null}
    </>
  )
}
