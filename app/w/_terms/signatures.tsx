import { Card } from '@/app/_components/layout/card'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Time } from '@/app/_components/marks/time'
import type { TermsView } from '@/lib/views/partnership'

/** Who has signed what is in force, by whom and when; and who has not. */
export function Signatures({ terms }: { terms: TermsView }) {
  const [current] = terms.versions
  if (current === undefined) return null
  return (
    <Card aria-labelledby="signatures" className="p-4">
      <h2 id="signatures" className="font-semibold">
        Signatures of version {current.version}
      </h2>
      <ul className="mt-3 flex flex-col gap-3">
        {terms.agencies.map(({ agency, signedVersion }) => {
          const signature = current.signatures.find((one) => one.agency.id === agency.id)
          return (
            <li key={agency.id}>
              <AgencyTag agency={agency} />
              <p className="mt-1 font-medium leading-snug">{agency.name}</p>
              {signature && signedVersion >= current.version ? (
                <p className="text-muted-foreground text-sm">
                  {signature.person.name}, <Time at={signature.at} />
                </p>
              ) : (
                <p className="text-sm text-warning">
                  Not signed{signedVersion > 0 ? `; its last is version ${signedVersion}` : ''}: held out
                </p>
              )}
            </li>
          )
        })}
      </ul>
      <p className="mt-4 border-t pt-3 text-muted-foreground text-sm">
        Published by {current.publishedBy.name}, <Time at={current.publishedAt} />
      </p>
      <p className="mt-1 text-muted-foreground text-sm">
        Fingerprint <code className="break-all font-mono text-xs">{current.hash}</code>
      </p>
    </Card>
  )
}
