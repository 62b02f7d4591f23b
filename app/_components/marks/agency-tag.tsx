import { agencyIndex } from '@/app/_components/marks/agency-palette'
import type { AgencyView } from '@/lib/views/person'

interface AgencyTagProps {
  agency: Pick<AgencyView, 'shortCode' | 'colour'> & { name?: string }
  /** Writes the full name beside the code. */
  withName?: boolean
  className?: string
}

/** An agency's short code on its colour. Colour and code always together: neither alone tells agencies apart. */
export function AgencyTag({ agency, withName = false, className = '' }: AgencyTagProps) {
  const code = (
    <span
      data-agency={agencyIndex(agency.colour)}
      title={withName ? undefined : agency.name}
      className="inline-flex h-5 max-w-28 shrink-0 items-center gap-1 truncate rounded-sm bg-agency-soft px-1.5 font-semibold text-agency-ink text-xs"
    >
      <span aria-hidden="true" className="size-2 shrink-0 rounded-full bg-agency-solid" />
      {agency.shortCode}
    </span>
  )
  if (!withName) return <span className={`inline-flex align-middle ${className}`}>{code}</span>
  return (
    <span className={`inline-flex min-w-0 items-center gap-2 align-middle ${className}`}>
      {code}
      <span className="min-w-0 truncate">{agency.name}</span>
    </span>
  )
}

/** Several agencies in a row; the rest as a number with the names in its title. */
export function AgencyTags({ agencies, most = 6 }: { agencies: readonly AgencyView[]; most?: number }) {
  const rest = agencies.slice(most)
  return (
    <span className="inline-flex flex-wrap items-center gap-1">
      {agencies.slice(0, most).map((agency) => (
        <AgencyTag key={agency.id} agency={agency} />
      ))}
      {rest.length > 0 ? (
        <span className="text-muted-foreground text-xs" title={rest.map((one) => one.name).join(', ')}>
          +{rest.length} more
        </span>
      ) : null}
    </span>
  )
}
