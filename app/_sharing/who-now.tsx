import Link from 'next/link'
import type { ReactNode } from 'react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Avatar } from '@/app/_components/marks/avatar'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { SharingView } from '@/lib/views/sharing'

/** What fixed somebody's level, in a few words (DESIGN.md section 3). */
const BECAUSE: Record<string, string> = {
  R0: 'something that decides it is not known',
  R1: 'the account or its sign-in',
  R2: 'an auditor reads the record only',
  R3: 'an explicit block',
  R4: 'the ceiling of the agency here',
  R5: 'the boundary',
  R6: 'the marking',
  R7: 'the role, or what was granted',
  R8: 'frozen or archived',
  R9: 'the handling of the marking',
}

/** Who can see and edit it now, by agency and by name, with the rule that fixed each level and where it comes from. */
export function WhoNow({ view, explain }: { view: SharingView; explain?: ReactNode }) {
  const agencies = view.who
    .map(({ agency, people }) => ({ agency, people: people.filter((row) => row.level !== 'none') }))
    .filter((row) => row.people.length > 0)
  const count = agencies.reduce((sum, row) => sum + row.people.length, 0)
  return (
    <section aria-labelledby="who-now">
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <h3 id="who-now" className="font-semibold">
          Who can see it now <span className="font-normal text-muted-foreground">{count}</span>
        </h3>
        {explain}
      </div>
      <Inherited view={view} />
      {count === 0 ? <p className="text-muted-foreground">Nobody.</p> : null}
      <div className="flex flex-col gap-3">
        {agencies.map(({ agency, people }) => (
          <div key={agency.id} className="rounded-lg border">
            <p className="flex items-center justify-between gap-2 border-b bg-sunken px-3 py-1.5">
              <AgencyTag agency={agency} withName />
              <span className="shrink-0 text-muted-foreground text-sm">
                {people.length === 1 ? '1 person' : `${people.length} people`}
              </span>
            </p>
            <ul className="divide-y">
              {people.map(({ person, level, rule }) => (
                <li key={person.id} className="flex flex-wrap items-center gap-x-3 gap-y-0.5 px-3 py-1.5">
                  <Avatar person={person} size="sm" />
                  <span className="min-w-32 flex-1 truncate">{person.name}</span>
                  <span className="text-sm">{levelWords(level)}</span>
                  <span className="w-48 text-muted-foreground text-xs max-sm:w-full max-sm:pl-9">
                    {rule} · {BECAUSE[rule] ?? 'a rule'}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  )
}

/** What holds from above, whatever is set here: the document's boundary, the agencies' ceilings, roles. */
function Inherited({ view: { inherited, ceilings, workspaceId, documentId } }: { view: SharingView }) {
  const link = 'underline underline-offset-2 hover:text-foreground'
  return (
    <ul className="mb-3 flex flex-col gap-1 text-muted-foreground text-sm">
      {inherited?.clauses ? (
        <li>
          From the document{' '}
          <Link href={`/d/${documentId}`} prefetch={false} className={link}>
            {inherited.title}
          </Link>
          : at most{' '}
          {inherited.clauses.length === 0
            ? 'nobody'
            : inherited.clauses
                .map(({ name, maxLevel }) => `${name} (${levelWords(maxLevel).toLowerCase()})`)
                .join(', ')}
        </li>
      ) : null}
      {ceilings.map(({ agency, ceiling }) => (
        <li key={agency.id}>
          {agency.name} takes part with at most “{levelWords(ceiling).toLowerCase()}”
        </li>
      ))}
      <li>
        What each person may do comes from their role:{' '}
        <Link href={`/w/${workspaceId}/members`} prefetch={false} className={link}>
          people and roles of this workspace
        </Link>
      </li>
    </ul>
  )
}
