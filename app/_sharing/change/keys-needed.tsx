import { KeyRound } from 'lucide-react'
import { AgencyTags } from '@/app/_components/marks/agency-tag'
import type { SharingChangeView } from '@/lib/views/sharing'

/** Why it does not happen at once, and whose agreement it takes. */
export function KeysNeeded({ keys }: Pick<SharingChangeView, 'keys'>) {
  return (
    <div className="flex gap-3 rounded-lg border border-primary/30 bg-primary-soft px-3 py-2.5">
      <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-primary" />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-semibold">This needs a release with two keys</p>
        <p>
          People of other agencies would gain, so nothing changes until it is agreed: one key by{' '}
          <AgencyTags agencies={keys.originators} />
          {keys.second
            ? ', another by a lead or steward of a different agency, within 72 hours.'
            : ', each by a lead or steward, within 72 hours.'}{' '}
          Any change in between ends it. Your own key is turned with the request where you hold one.
        </p>
      </div>
    </div>
  )
}
