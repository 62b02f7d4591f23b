import { Time } from '@/app/_components/marks/time'
import { Part } from '@/app/w/_record/entry/part'
import { capital } from '@/app/w/_record/plain-words'
import type { RecordEventView } from '@/lib/views/desk'

/** What lies beside the record under a person's key, by name; or that the key was destroyed, when, and why. */
export function PersonalValues({ values }: { values: RecordEventView['personal'] }) {
  return (
    <Part title="Personal values">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
        {values.map(({ name, gone }) => (
          <div key={name} className="contents">
            <dt className="text-muted-foreground">{capital(name)}</dt>
            <dd className="min-w-0 whitespace-pre-wrap break-words">
              {gone === null ? (
                'Kept beside the record, under the key of its person'
              ) : (
                <span className="text-muted-foreground">
                  {gone.because === 'erased' ? 'Erased on ' : 'Dropped with its month on '}
                  <Time at={gone.at} as="audit" /> UTC
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-muted-foreground text-sm">
        The record itself holds only their salted hashes, so that they can be erased and the proof still
        holds. A bundle with proofs holds those that you may see.
      </p>
    </Part>
  )
}
