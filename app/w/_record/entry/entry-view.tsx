import Link from 'next/link'
import type { ReactNode } from 'react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { ruleMeans } from '@/app/_components/marks/rule-words'
import { Time } from '@/app/_components/marks/time'
import { Changes } from '@/app/w/_record/entry/changes'
import { DecisionRows } from '@/app/w/_record/entry/decision-rows'
import { placeWords } from '@/app/w/_record/entry/entry-words'
import { Part } from '@/app/w/_record/entry/part'
import { PersonalValues } from '@/app/w/_record/entry/personal-values'
import { TakeEntry } from '@/app/w/_record/entry/take-entry'
import { OutcomeTag } from '@/app/w/_record/outcome-tag'
import { capital } from '@/app/w/_record/plain-words'
import type { Id } from '@/lib/ids'
import type { RecordEventView } from '@/lib/views/desk'

/** Everything of one event in words: the sentence first, then what decided, what changed, where it stands. */
export function EntryView({ workspaceId, entry }: { workspaceId: Id; entry: RecordEventView }) {
  const { row, fields, personal, changes, decision, together, place } = entry
  const { actor, object } = row
  return (
    <article className="flex max-w-4xl flex-col gap-6">
      <div className="rounded-lg border bg-card p-4">
        <p className="flex flex-wrap items-center gap-2">
          {actor ? <AgencyTag agency={{ shortCode: actor.orgShortCode, colour: actor.orgColour }} /> : null}
          <span className="font-medium">{actor?.name ?? 'Nobody signed in'}</span>
          <OutcomeTag outcome={row.outcome} rule={row.rule} />
        </p>
        <p className="mt-2 break-words text-lg">{capital(row.sentence)}.</p>
        <dl className="mt-3 grid grid-cols-1 gap-x-4 gap-y-1 sm:grid-cols-[auto_1fr]">
          <Fact name="Time (UTC)">
            <Time at={row.at} as="audit" />
          </Fact>
          <Fact name="Where">{object.title ?? 'Nothing that your agency knows by name'}</Fact>
          <Fact name="Kind">
            <code className="font-mono">{row.type}</code>
          </Fact>
          {fields.map(({ name, value }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes; names may repeat
            <Fact key={`${name} ${i}`} name={capital(name)}>
              {value}
            </Fact>
          ))}
          <Fact name="Entry">
            <code className="break-all font-mono text-sm">{row.id}</code>
          </Fact>
        </dl>
      </div>
      {decision ? (
        <Part title={row.outcome === 'denied' ? 'Why it was refused' : 'Why it was allowed'}>
          <p>
            Rule {decision.rule}. {ruleMeans(decision.rule) ?? 'It is not known to this version'}.
          </p>
          {decision.why ? <p className="mt-1">{decision.why}</p> : null}
          <DecisionRows rows={decision.rows} />
        </Part>
      ) : null}
      {personal.length > 0 ? <PersonalValues values={personal} /> : null}
      {changes.length > 0 ? (
        <Part title="What changed">
          <Changes changes={changes} />
        </Part>
      ) : null}
      <Part title="Proof">
        <p className="mb-3">{placeWords(entry)}</p>
        {place ? <TakeEntry workspaceId={workspaceId} eventId={row.id} /> : null}
      </Part>
      {together.length > 0 ? (
        <Part title="Of the same request or burst">
          <ul className="divide-y">
            {together.map((other) => (
              <li key={other.id} className="flex flex-wrap gap-x-4 py-1.5">
                <Time at={other.at} as="audit" className="text-muted-foreground text-sm" />
                <Link
                  href={`/w/${workspaceId}/record/${other.id}`}
                  prefetch={false}
                  className="min-w-0 break-words hover:underline"
                >
                  {other.actor?.name ?? 'Nobody signed in'} {other.sentence}
                </Link>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      <details className="rounded-lg border bg-card">
        <summary className="cursor-pointer px-4 py-3 font-medium">The record as it was written</summary>
        <section
          aria-label="The record as it was written"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
          tabIndex={0}
          className="max-h-96 overflow-auto border-t p-4"
        >
          <pre className="whitespace-pre-wrap break-all font-mono text-xs">{row.canonical}</pre>
        </section>
      </details>
    </article>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 break-words max-sm:mb-1.5">{children}</dd>
    </>
  )
}
