import { Notice } from '@/app/_components/feedback/notice'
import { Time } from '@/app/_components/marks/time'
import { countWords } from '@/app/w/_exports/export-words'
import type { StreamView } from '@/lib/views/record/record-export'

const KINDS: Record<StreamView['kind'], string> = { https: 'OCSF over HTTPS', syslog: 'Syslog' }

/** Streams to receivers outside: how each does. Where they go only the operator's file says. */
export function StreamList({ streams }: { streams: readonly StreamView[] }) {
  return (
    <section aria-labelledby="streams" className="flex flex-col gap-2">
      <h2 id="streams" className="font-semibold text-lg">
        Streams
      </h2>
      {streams.length === 0 ? (
        <p className="max-w-prose text-muted-foreground">
          No receiver outside gets your agency’s part of the record as it grows. The operator of this server
          can set one up for your SIEM.
        </p>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {streams.map((stream) => (
            <li key={stream.name} className="flex flex-col gap-2 px-3 py-3">
              <p className="font-medium">
                {stream.name}
                <span className="font-normal text-muted-foreground">
                  {' '}
                  · {KINDS[stream.kind]} · {stream.ofInstance ? 'the operator’s' : 'your agency’s'}
                </span>
              </p>
              <p className="text-muted-foreground text-sm">
                {stream.behind === 0
                  ? 'The receiver has everything.'
                  : `The receiver does not have ${countWords(stream.behind, 'event', 'events')} yet.`}
                {stream.sentAt === null ? null : (
                  <>
                    {' '}
                    Last sent <Time at={stream.sentAt} as="since" />.
                  </>
                )}
              </p>
              {stream.alarmSince === null ? null : (
                <Notice tone="danger" title="The receiver is too far behind">
                  Since <Time at={stream.alarmSince} as="minute" />
                  {stream.oldestAt === null ? null : (
                    <>
                      ; the oldest event it lacks is of <Time at={stream.oldestAt} as="minute" />
                    </>
                  )}
                  . Nothing is lost: it is sent again until it is taken.
                </Notice>
              )}
              {stream.problem === null ? null : <p className="text-sm text-warning">{stream.problem}</p>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
