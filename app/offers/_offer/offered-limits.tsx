import { Time } from '@/app/_components/marks/time'
import { ceilingWords } from '@/app/w/_partnership/limit-words'
import type { OfferView } from '@/lib/views/partnership'

/** What an agency would be allowed; of a change, beside what it is allowed now. */
export function OfferedLimits({ offer, whom }: { offer: OfferView; whom: string }) {
  const { now, counterCeiling } = offer
  const rows = [
    {
      name: 'Its people may at most',
      offered: ceilingWords(offer.ceiling),
      before: now && ceilingWords(now.ceiling),
    },
    {
      name: 'Take content out',
      offered: offer.mayExport ? 'As far as each marking allows' : 'No',
      before: now && (now.mayExport ? 'As far as each marking allows' : 'No'),
    },
    { name: 'Until', offered: <Until until={offer.until} />, before: now && <Until until={now.until} /> },
  ]
  return (
    <>
      <dl className="mt-3 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2 max-sm:grid-cols-1 max-sm:gap-y-0">
        {rows.map(({ name, offered, before }) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground max-sm:mt-2">{name}</dt>
            <dd>
              {offered}
              {before ? <span className="text-muted-foreground"> (now: {before})</span> : null}
            </dd>
          </div>
        ))}
      </dl>
      {counterCeiling ? (
        <p className="mt-3 border-t pt-3">
          {whom} proposes less: <strong className="font-semibold">{ceilingWords(counterCeiling)}</strong>
        </p>
      ) : null}
      {offer.kind === 'invite' ? (
        <p className="mt-3 border-t pt-3 text-muted-foreground text-sm">
          The administrators of the invited agency become its first leads there and choose which of its people
          take part. Each agency decides about its own sections; none rules over another’s.
        </p>
      ) : null}
    </>
  )
}

function Until({ until }: { until: string | null }) {
  return until === null ? 'No end' : <Time at={until} as="minute" />
}
