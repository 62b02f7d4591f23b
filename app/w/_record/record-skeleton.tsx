import { Skeleton } from '@/app/_components/feedback/skeleton'

const ROWS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']

/** The shape of the table while the record is read. */
export function RecordSkeleton() {
  return (
    <div aria-hidden="true" className="divide-y rounded-lg border bg-card">
      {ROWS.map((row) => (
        <div key={row} className="flex items-center gap-6 px-4 py-3">
          <Skeleton className="h-3 w-36" />
          <Skeleton className="h-3 w-32 max-md:hidden" />
          <Skeleton className="h-3 flex-1" />
          <Skeleton className="h-3 w-16 max-md:hidden" />
        </div>
      ))}
    </div>
  )
}
