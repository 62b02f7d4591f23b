import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import type { RowView } from '@/lib/views/access'

/** The rows of policy that a decision rested on, in words. */
export function DecisionRows({ rows }: { rows: readonly RowView[] }) {
  if (rows.length === 0) return null
  return (
    <ul className="mt-2 flex flex-col gap-1.5">
      {rows.map(({ id, words, by, from, until }) => (
        <li key={id} className="break-words">
          {words}
          <span className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-sm">
            {from ? (
              <span>
                since <Time at={from} as="audit" />
              </span>
            ) : null}
            {until ? (
              <span>
                until <Time at={until} as="audit" />
              </span>
            ) : null}
            {by ? (
              <span className="inline-flex items-center gap-1">
                given by {by.name ?? by.agency.name} <AgencyTag agency={by.agency} />
              </span>
            ) : null}
          </span>
        </li>
      ))}
    </ul>
  )
}
