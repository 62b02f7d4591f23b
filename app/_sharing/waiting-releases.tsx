import { KeyRound } from 'lucide-react'
import Link from 'next/link'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import type { ReleaseSummary } from '@/lib/views/sharing'

/** Releases that wait for keys, each with the way to it. Nothing when there are none. */
export function WaitingReleases({
  releases,
  titled = false,
}: {
  releases: readonly ReleaseSummary[]
  /** Says of each what it is about: where they are of several things. */
  titled?: boolean
}) {
  if (releases.length === 0) return null
  // Below a page's title, or below a window's.
  const Heading = titled ? 'h2' : 'h3'
  return (
    <section aria-labelledby="waiting-releases">
      <Heading id="waiting-releases" className="mb-2 font-semibold">
        Waiting for a key <span className="font-normal text-muted-foreground">{releases.length}</span>
      </Heading>
      <ul className="divide-y rounded-lg border">
        {releases.map((release) => (
          <li key={release.id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <KeyRound aria-hidden className="size-4 shrink-0 text-primary" />
            <span className="min-w-40 flex-1">
              <Link href={`/releases/${release.id}`} prefetch={false} className="font-medium hover:underline">
                {titled ? (release.title ?? 'A release') : 'Release to other agencies'}
              </Link>
              <span className="block text-muted-foreground text-sm">
                Asked for by {release.requestedBy.name} <Time at={release.requestedAt} as="since" />, ends{' '}
                <Time at={release.expiresAt} as="minute" />
              </span>
            </span>
            <AgencyTag agency={release.requestedBy.org} />
            {release.mayTurn ? (
              <span className="rounded-full bg-primary-soft px-2 py-0.5 font-medium text-primary text-xs">
                Your key is asked for
              </span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
