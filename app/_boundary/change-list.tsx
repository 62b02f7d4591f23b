import { byAgency, type ChangeRow } from '@/app/_boundary/change-words'
import { levelWords } from '@/app/_boundary/level-choices'
import { AgencyTag } from '@/app/_components/marks/agency-tag'

interface ChangeListProps {
  title: string
  tone: 'gain' | 'lose'
  rows: readonly ChangeRow[]
}

/** People whose access would change, by agency, each with before and after. Nothing when there is nobody. */
export function ChangeList({ title, tone, rows }: ChangeListProps) {
  if (rows.length === 0) return null
  return (
    <div
      className={`rounded-lg border p-3 ${tone === 'lose' ? 'border-destructive/35 bg-destructive-soft' : 'border-success/35 bg-success-soft'}`}
    >
      <h4 className="mb-2 font-semibold">
        {title}: {rows.length}
      </h4>
      <div className="flex flex-col gap-2">
        {byAgency(rows).map(({ agency, rows: people }) => (
          <div key={agency.id}>
            <AgencyTag agency={agency} withName />
            <ul className="mt-1">
              {people.map(({ person, from, to }) => (
                <li key={person.id} className="flex flex-wrap justify-between gap-x-3 py-0.5">
                  <span>{person.name}</span>
                  <span className="text-muted-foreground text-sm">
                    {levelWords(from)} → {levelWords(to)}
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
