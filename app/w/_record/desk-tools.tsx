'use client'

import { Bookmark, CircleHelp, FileDown, ListFilter, Radio } from 'lucide-react'
import Link from 'next/link'
import { lazy, Suspense } from 'react'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import { addressOf } from '@/app/w/_record/record-query'
import type { QuestionId } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { FoundView } from '@/lib/views/desk'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

// Fetched when first opened: most looks at the record need none of them.
const AskPanel = lazy(() => import('@/app/w/_record/ask/ask-panel').then((m) => ({ default: m.AskPanel })))
const FilterPanel = lazy(() =>
  import('@/app/w/_record/filter/filter-panel').then((m) => ({ default: m.FilterPanel })),
)
const SavedSearches = lazy(() =>
  import('@/app/w/_record/saved-searches').then((m) => ({ default: m.SavedSearches })),
)

export type DeskTool = 'ask' | 'filter' | 'kept'

interface DeskToolsProps {
  workspaceId: Id
  choices: RecordChoicesView
  filter: RecordFilter
  question: QuestionId | null
  open: DeskTool | null
  onOpen: (tool: DeskTool | null) => void
  onFilter: (filter: RecordFilter, question?: QuestionId | null) => void
  onFound: (found: FoundView) => void
  onAddress: (query: string) => void
  following: boolean
  onFollow: (following: boolean) => void
}

const TOOLS = [
  { tool: 'ask', label: 'Ask a question', icon: CircleHelp },
  { tool: 'filter', label: 'Filter', icon: ListFilter },
  { tool: 'kept', label: 'Kept searches', icon: Bookmark },
] as const

/** What is shown now is what the exports page offers to take along. */
const exportQuery = (filter: RecordFilter): string => {
  const query = addressOf(filter, null)
  return query === '' ? '' : `?as=csv&${query.slice(1)}`
}

/** Ask, filter, kept searches: one open at a time, below its button; and the switch that follows the record. */
export function DeskTools(props: DeskToolsProps) {
  const { workspaceId, filter, open, onOpen, following, onFollow } = props
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap gap-2">
        {TOOLS.map(({ tool, label, icon: Icon }) => (
          <Button
            key={tool}
            aria-expanded={open === tool}
            onClick={() => onOpen(open === tool ? null : tool)}
            className="aria-expanded:border-primary aria-expanded:bg-primary-soft"
          >
            <Icon aria-hidden />
            {label}
          </Button>
        ))}
        <Button
          aria-pressed={following}
          onClick={() => onFollow(!following)}
          className="aria-pressed:border-primary aria-pressed:bg-primary-soft"
        >
          <Radio aria-hidden />
          Follow
        </Button>
        <Link
          href={`/w/${workspaceId}/record/exports${exportQuery(filter)}`}
          prefetch={false}
          className={buttonClass({})}
        >
          <FileDown aria-hidden />
          Export
        </Link>
      </div>
      {open === null ? null : (
        <Suspense fallback={<Skeleton className="h-40 w-full" />}>
          <OpenTool {...props} open={open} />
        </Suspense>
      )}
    </div>
  )
}

function OpenTool(props: DeskToolsProps & { open: DeskTool }) {
  const { workspaceId, choices, filter, question, open, onOpen, onFilter, onFound, onAddress } = props
  if (open === 'filter')
    return (
      <FilterPanel
        workspaceId={workspaceId}
        choices={choices}
        filter={filter}
        onChange={(next) => onFilter(next)}
        onFound={onFound}
      />
    )
  if (open === 'kept')
    return (
      <SavedSearches
        workspaceId={workspaceId}
        query={addressOf(filter, question)}
        onOpen={(query) => {
          onAddress(query)
          onOpen(null)
        }}
      />
    )
  return (
    <AskPanel
      choices={choices}
      onAsk={(next, asked) => {
        onFilter(next, asked)
        onOpen(null)
      }}
    />
  )
}
