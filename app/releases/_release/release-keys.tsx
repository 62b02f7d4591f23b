import { Check, KeyRound } from 'lucide-react'
import type { ReactNode } from 'react'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import type { ReleaseView } from '@/lib/views/sharing'

const PURPOSE = { originator: 'the originator’s key', second: 'the key of another agency' } as const

/** Which keys were turned, by whom and when, and which are missing. */
export function ReleaseKeys({ release: { keys, state } }: { release: ReleaseView }) {
  const missing = state === 'pending' ? keys.missing : { originators: [], second: false }
  return (
    <section aria-labelledby="keys">
      <h2 id="keys" className="mb-2 font-semibold text-lg">
        Keys
      </h2>
      <ul className="divide-y rounded-lg border">
        {keys.turned.map(({ person, purpose, at }) => (
          <Row key={person.id} icon={<Check aria-hidden className="size-4 text-success" />}>
            <span className="min-w-40 flex-1">
              {person.name} turned {PURPOSE[purpose]}
            </span>
            <AgencyTag agency={person.org} />
            <Time at={at} className="text-muted-foreground text-sm" />
          </Row>
        ))}
        {missing.originators.map((agency) => (
          <Row key={agency.id} icon={<KeyRound aria-hidden className="size-4 text-warning" />}>
            <span className="min-w-40 flex-1">Missing: a lead or steward of {agency.name}</span>
            <AgencyTag agency={agency} />
          </Row>
        ))}
        {missing.second ? (
          <Row icon={<KeyRound aria-hidden className="size-4 text-warning" />}>
            <span className="min-w-40 flex-1">
              Missing: a lead or steward of another agency, who can read it now or afterwards
            </span>
          </Row>
        ) : null}
        {keys.turned.length + missing.originators.length === 0 && !missing.second ? (
          <li className="px-3 py-2 text-muted-foreground">No key was turned.</li>
        ) : null}
      </ul>
    </section>
  )
}

function Row({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
      {icon}
      {children}
    </li>
  )
}
