import Link from 'next/link'
import { Card } from '@/app/_components/layout/card'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { CEILING_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { AddOrganisation } from '@/app/w/_workspace/add-organisation'
import type { MeView } from '@/lib/views/person'
import type { WorkspaceView } from '@/lib/views/workspace'

/** The agencies that take part: who hosts, how many people, what each may do at most. */
export function AgenciesCard({ workspace, me }: { workspace: WorkspaceView; me: MeView }) {
  const { agencies, host, can } = workspace
  const people = agencies.reduce((sum, agency) => sum + agency.people, 0)
  return (
    <Card aria-labelledby="agencies" className="p-4">
      <h2 id="agencies" className="font-semibold">
        Agencies
      </h2>
      <ul className="mt-3 flex flex-col gap-3">
        {agencies.map((agency) => (
          <li key={agency.id}>
            <AgencyTag agency={agency} />
            <p className="mt-1 font-medium leading-snug">{agency.name}</p>
            <p className="text-muted-foreground text-sm">
              {[
                agency.id === host.id ? 'Host' : '',
                can.seeMembers ? (agency.people === 1 ? '1 person' : `${agency.people} people`) : '',
                CEILING_WORDS[agency.ceiling],
              ]
                .filter(Boolean)
                .join(' · ')}
            </p>
            {agency.until ? (
              <p className="text-sm text-warning">
                Takes part until <Time at={agency.until} as="day" />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
      {can.seeMembers ? (
        <p className="mt-4 border-t pt-3 text-sm">
          <Link
            href={`/w/${workspace.id}/members`}
            prefetch={false}
            className="font-medium text-primary underline-offset-2 hover:underline"
          >
            {can.manageMembers ? 'See and manage people' : 'See all people'}
          </Link>{' '}
          <span className="text-muted-foreground">{people} in all</span>
        </p>
      ) : null}
      {can.manageMembers && workspace.state === 'active' ? (
        <AddOrganisation
          workspace={workspace}
          disabledWhy={
            me.org.id === host.id
              ? null
              : `Only leads of ${host.name}, which hosts this workspace, bring agencies in. Ask one of them.`
          }
        />
      ) : null}
    </Card>
  )
}
