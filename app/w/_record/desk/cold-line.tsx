import { Archive } from 'lucide-react'
import Link from 'next/link'
import type { Id } from '@/lib/ids'
import type { RecordDeskView } from '@/lib/views/record'

const monthWords = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${month}-01T00:00:00Z`),
  )

const months = (n: number): string => (n === 1 ? 'one month' : `${n} months`)

/** "Entries older than December 2025 are not searched here: 3 months lie in sealed files." */
const coldWords = ({ newest, stored, dropped }: NonNullable<RecordDeskView['cold']>): string => {
  const where = [
    stored > 0 ? `${months(stored)} in sealed files` : '',
    dropped > 0 ? `${months(dropped)} dropped for good` : '',
  ].filter(Boolean)
  return `Entries up to ${monthWords(newest)} are not searched here: ${where.join(', ')}.`
}

/** What no search here finds, and the way to have it back. */
export function ColdLine({ workspaceId, cold }: { workspaceId: Id; cold: RecordDeskView['cold'] }) {
  if (cold === null) return null
  return (
    <p className="mt-4 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-sm">
      <Archive aria-hidden className="size-4 shrink-0" />
      <span>{coldWords(cold)}</span>
      <Link
        href={`/w/${workspaceId}/record/retention`}
        prefetch={false}
        className="text-primary underline-offset-2 hover:underline"
      >
        {cold.stored > 0 ? 'Bring a month back' : 'Which ones'}
      </Link>
    </p>
  )
}
