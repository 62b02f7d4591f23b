import Link from 'next/link'
import { Empty } from '@/app/_components/feedback/empty'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { CEILING_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { Row, Section } from '@/app/account/section'
import type { OwnPartView } from '@/lib/views/organisation'
import type { AgencyView } from '@/lib/views/person'

const people = (count: number) => (count === 1 ? '1 person' : `${count} people`)

/** Where the organisation takes part, and what it may do there at most. */
export function PartsCard({ parts, org }: { parts: OwnPartView[]; org: AgencyView }) {
  if (parts.length === 0)
    return (
      <section aria-labelledby="no-parts">
        <h2 id="no-parts" className="pb-2 font-semibold text-lg">
          Workspaces
        </h2>
        <Empty title="No workspace yet">
          Workspaces in which {org.name} takes part would stand here. An administrator starts one or accepts
          an invitation.
        </Empty>
      </section>
    )
  return (
    <Section
      title="Workspaces"
      about={`Where ${org.name} takes part, and what its people may do there at most.`}
    >
      {parts.map((part) => (
        <Row key={part.id} actions={<State part={part} />}>
          <p className="break-words font-medium">
            {part.mine ? (
              <Link href={`/w/${part.id}`} prefetch={false} className="hover:underline">
                {part.title}
              </Link>
            ) : (
              part.title
            )}
          </p>
          <p className="text-muted-foreground text-sm">
            {part.host.id === org.id ? (
              'Hosted here'
            ) : (
              <>
                Hosted by <AgencyTag agency={part.host} />
              </>
            )}{' '}
            ·{' '}
            {[people(part.people), CEILING_WORDS[part.ceiling], part.mayExport ? 'may export' : 'no export']
              .filter((words) => words !== '')
              .join(' · ')}
            {part.until === null ? null : (
              <>
                {' '}
                · until <Time at={part.until} as="day" />
              </>
            )}
          </p>
        </Row>
      ))}
    </Section>
  )
}

function State({ part }: { part: OwnPartView }) {
  if (part.state === 'suspended')
    return <span className="font-medium text-destructive text-sm">Suspended</span>
  if (part.state === 'unsigned')
    return (
      <Link href={`/w/${part.id}`} prefetch={false} className="font-medium text-sm text-warning underline">
        New terms wait for a signature
      </Link>
    )
  return part.mine ? null : <span className="text-muted-foreground text-sm">You are not in it</span>
}
