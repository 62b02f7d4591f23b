/** A grey shape where something will be. Put `aria-busy` on what it stands in. */
export function Skeleton({ className = 'h-4 w-full' }: { className?: string }) {
  return <span aria-hidden="true" className={`block animate-pulse rounded-sm bg-accent ${className}`} />
}

/** Lines of uneven length. */
export function SkeletonLines({ lines = 3 }: { lines?: number }) {
  const widths = ['w-11/12', 'w-4/5', 'w-full', 'w-2/3']
  return (
    <div aria-hidden="true" className="flex flex-col gap-3">
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shapes without identity
        <Skeleton key={line} className={`h-4 ${widths[line % widths.length]}`} />
      ))}
    </div>
  )
}
