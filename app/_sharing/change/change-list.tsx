import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { byAgency, countPeople } from '@/app/_sharing/change/change-words'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { LevelChangeView } from '@/lib/views/sharing'

interface ChangeListProps {
  title: string
  tone: 'gain' | 'lose'
  rows: readonly LevelChangeView[]
}

const HANDLING = { export: 'export it', print: 'print it', copy: 'copy from it' } as const

/** People whose access would change, by agency, each with before and after. Nothing when there is nobody. */
export function ChangeList({ title, tone, rows }: ChangeListProps) {
  if (rows.length === 0) return null
  return (
    <div
      className={`rounded-lg border p-3 ${tone === 'lose' ? 'border-destructive/35 bg-destructive-soft' : 'border-success/35 bg-success-soft'}`}
    >
      <h4 className="mb-2 font-semibold">
        {title}: {countPeople(rows)}
      </h4>
      <div className="flex flex-col gap-2">
        {byAgency(rows).map(({ agency, people }) => (
          <div key={agency.id}>
            <AgencyTag agency={agency} withName />
            <ul className="mt-1">
              {people.map(({ person, lines }) => (
                <li key={person.id} className="flex flex-wrap justify-between gap-x-3 py-0.5">
                  <span>{person.name}</span>
                  <span className="text-sm">
                    {lines.map(({ from, to, handling, where }) => (
                      <span key={`${from} ${to} ${where}`} className="block">
                        {from === to ? levelWords(to) : `${levelWords(from)} → ${levelWords(to)}`}
                        {handling.length > 0
                          ? `, may ${handling.map((how) => HANDLING[how]).join(' and ')}`
                          : null}
                        {where === null ? null : <span className="text-muted-foreground"> · {where}</span>}
                      </span>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </div>
  )
}
