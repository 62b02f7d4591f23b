import { CircleAlert, CircleCheck, CircleDashed } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { Card } from '@/app/_components/layout/card'
import { AgencyTags } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import { ago, count, sealSentence, verifiedWords } from '@/app/w/_integrity/integrity-words'
import type { IntegrityView } from '@/lib/views/sealing/integrity'

const CANARY = {
  sealed: 'is in the record, sealed',
  signed: 'is in the record, signed',
  none: 'is on its way into the record',
} as const

interface TreeCardProps {
  title: string
  view: IntegrityView
  /** Milliseconds, by the server's clock. */
  now: number
  /** What can be done about it. */
  children?: ReactNode
}

/** One record: its seal in a sentence, then the figures. */
export function TreeCard({ title, view, now, children }: TreeCardProps) {
  const id = useId()
  const { seal, checkpoint, gaps, verified, canary, warnings } = view
  const sealed = seal?.sealed ?? null
  const Icon = warnings.length > 0 ? CircleAlert : sealed === null ? CircleDashed : CircleCheck
  const ink =
    warnings.length > 0 ? 'text-destructive' : sealed === null ? 'text-muted-foreground' : 'text-success'
  return (
    <Card aria-labelledby={id} className="flex flex-col gap-4 p-4">
      <div>
        <h2 id={id} className="text-muted-foreground text-sm">
          {title}
        </h2>
        <p className="mt-1 flex items-start gap-2 font-semibold text-lg">
          <Icon aria-hidden className={`mt-1 size-5 shrink-0 ${ink}`} />
          <span>{sealSentence(view, now)}</span>
        </p>
        {seal && seal.signedBy.length > 0 ? (
          <div className="mt-2">
            <AgencyTags agencies={seal.signedBy.map(({ agency }) => agency)} />
          </div>
        ) : null}
      </div>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1.5 text-sm max-sm:*:[dt]:max-w-28">
        <dt className="text-muted-foreground">Size</dt>
        <dd>
          {count(view.size, 'event', 'events')}
          {sealed ? `, of which ${count(sealed.size, 'is', 'are')} sealed` : ''}
        </dd>
        <dt className="text-muted-foreground">Signed last</dt>
        <dd>
          {checkpoint
            ? `${count(checkpoint.size, 'event', 'events')}, ${ago(now - Date.parse(checkpoint.at))}`
            : 'Not yet'}
        </dd>
        <dt className="text-muted-foreground">On the way in</dt>
        <dd>{view.waiting === 0 ? 'Nothing waits' : count(view.waiting, 'event waits', 'events wait')}</dd>
        <dt className="text-muted-foreground">Gaps found</dt>
        <dd>
          {gaps.count === 0 || gaps.lastAt === null ? (
            'None'
          ) : (
            <>
              {count(gaps.count, 'gap', 'gaps')}, the last <Time at={gaps.lastAt} as="audit" />
            </>
          )}
        </dd>
        <dt className="text-muted-foreground">Computed again in full</dt>
        <dd>
          {verified ? (
            <>
              <Time at={verified.at} as="audit" />:{' '}
              <span className={verified.faults > 0 ? 'font-medium text-destructive' : ''}>
                {verifiedWords(verified)}
              </span>
            </>
          ) : (
            'Not yet'
          )}
        </dd>
        <dt className="text-muted-foreground">Test read</dt>
        <dd>{canary ? `${ago(now - Date.parse(canary.at))}: ${CANARY[canary.in ?? 'none']}` : 'None yet'}</dd>
        {checkpoint ? (
          <>
            <dt className="text-muted-foreground">Name</dt>
            <dd className="break-all">
              <code>{checkpoint.origin}</code>
            </dd>
          </>
        ) : null}
      </dl>
      {children}
    </Card>
  )
}
