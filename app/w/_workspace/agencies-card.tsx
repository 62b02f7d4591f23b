import Link from 'next/link'
import { Card } from '@/app/_components/layout/card'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { CEILING_WORDS } from '@/app/_components/marks/role-words'
import { Time } from '@/app/_components/marks/time'
import { AgencyMenu } from '@/app/w/_partnership/agency-menu'
import { InviteAgency } from '@/app/w/_partnership/invite-agency'
import type { MeView } from '@/lib/views/person'
import type { AgencyPartView, WorkspaceView } from '@/lib/views/workspace'

/** The agencies that take part: who hosts, who leads, what each may do at most, and under which terms. */
export function AgenciesCard({ workspace, me }: { workspace: WorkspaceView; me: MeView }) {
  const { agencies, host, can } = workspace
  const people = agencies.reduce((sum, agency) => sum + agency.people, 0)
  return (
    <Card aria-labelledby="agencies" className="p-4">
      <h2 id="agencies" className="font-semibold">
        Agencies
      </h2>
      <ul className="mt-3 flex flex-col gap-4">
        {agencies.map((agency) => (
          <li key={agency.id}>
            <div className="flex items-center justify-between gap-2">
              <AgencyTag agency={agency} />
              <AgencyMenu workspace={workspace} agency={agency} own={agency.id === me.org.id} />
            </div>
            <p className="mt-1 font-medium leading-snug">{agency.name}</p>
            <Part workspace={workspace} agency={agency} />
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
        <InviteAgency
          workspace={workspace}
          disabledWhy={
            can.invite
              ? null
              : `Only leads of ${host.name}, which hosts this workspace, invite agencies. Ask one of them.`
          }
        />
      ) : null}
    </Card>
  )
}

/** What is agreed about one agency, line by line. */
function Part({ workspace, agency }: { workspace: WorkspaceView; agency: AgencyPartView }) {
  const { host, can, termsVersion } = workspace
  const isHost = agency.id === host.id
  const unsigned = agency.signedVersion < termsVersion
  return (
    <div className="text-muted-foreground text-sm">
      <p>
        {[
          isHost ? 'Host' : '',
          can.seeMembers ? (agency.people === 1 ? '1 person' : `${agency.people} people`) : '',
          CEILING_WORDS[agency.ceiling],
          agency.mayExport ? 'may take content out' : 'takes no content out',
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {agency.leads.length > 0 ? <p>Led by {agency.leads.join(', ')}</p> : null}
      {agency.state === 'suspended' ? (
        <p className="text-warning">Suspended{agency.suspendedBy ? ` by ${agency.suspendedBy.name}` : ''}</p>
      ) : null}
      {unsigned ? (
        <p className="text-warning">Held out: has not signed version {termsVersion} of the terms</p>
      ) : agency.signedVersion > 0 ? (
        <p>
          Signed version {agency.signedVersion}
          {agency.signedAt ? (
            <>
              {' on '}
              <Time at={agency.signedAt} as="day" />
            </>
          ) : null}
        </p>
      ) : null}
      {agency.until ? (
        <p className="text-warning">
          Takes part until <Time at={agency.until} as="day" />
        </p>
      ) : null}
    </div>
  )
}
