import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { Card } from '@/app/_components/layout/card'
import { Time } from '@/app/_components/marks/time'
import type { WitnessView } from '@/lib/views/sealing/witness'

/** Minutes after which nobody need wonder any more. */
const SILENT_MINUTES = 15

const stateOf = ({ endedAt, seenAt, signedAt }: WitnessView): string => {
  if (endedAt !== null) return 'Ended'
  if (seenAt === null) return 'Not heard yet: it has not joined'
  if (Date.now() - Date.parse(seenAt) > SILENT_MINUTES * 60_000) return 'Not heard for a quarter of an hour'
  return signedAt === null ? 'Heard, but has signed nothing yet' : 'Works'
}

/** One witness: whether it works, what it has signed, and its end. */
export function WitnessCard({ witness, onEnd }: { witness: WitnessView; onEnd: () => void }) {
  const { name, trees, refusals, endedAt, seenAt, signedAt, demonstration } = witness
  return (
    <Card aria-label={name} className="flex flex-col gap-3 p-4">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="break-all font-semibold">{name}</h2>
          <p className="text-muted-foreground text-sm">{stateOf(witness)}</p>
        </div>
        {endedAt === null ? (
          <Button size="sm" onClick={onEnd}>
            End
          </Button>
        ) : null}
      </div>
      {refusals > 0 && endedAt === null ? (
        <Notice
          tone="danger"
          title={`It refuses to sign ${refusals} ${refusals === 1 ? 'record' : 'records'}`}
        >
          What it was shown does not go on from what it signed before. Keep its file: both versions, signed by
          the host, are in it (liaison-witness show).
        </Notice>
      ) : null}
      {demonstration ? (
        <Notice tone="warn">
          Run by the demonstration on the same machine as the record: it proves nothing.
        </Notice>
      ) : null}
      <dl className="grid gap-x-6 gap-y-1 text-sm sm:grid-cols-[auto_1fr]">
        <dt className="text-muted-foreground">Records co-signed</dt>
        <dd>
          {trees.signed} of {trees.of}
        </dd>
        <dt className="text-muted-foreground">Last signature</dt>
        <dd>{signedAt ? <Time at={signedAt} as="since" /> : 'None yet'}</dd>
        <dt className="text-muted-foreground">Last heard</dt>
        <dd>{seenAt ? <Time at={seenAt} as="since" /> : 'Never'}</dd>
        <dt className="text-muted-foreground">Registered</dt>
        <dd>
          <Time at={witness.registeredAt} /> {witness.registeredBy ? `by ${witness.registeredBy}` : ''}
        </dd>
        {endedAt ? (
          <>
            <dt className="text-muted-foreground">Ended</dt>
            <dd>
              <Time at={endedAt} />
            </dd>
          </>
        ) : null}
        <dt className="text-muted-foreground">Key</dt>
        <dd className="break-all">
          <code>{witness.verifierKey}</code>
        </dd>
      </dl>
    </Card>
  )
}
