import { Skeleton, SkeletonLines } from '@/app/_components/feedback/skeleton'

/** The shape of a document while it is fetched. */
export default function Loading() {
  return (
    <main id="main" tabIndex={-1} aria-busy="true" className="mx-auto w-full max-w-3xl px-4 py-16">
      <span className="sr-only">Loading the document.</span>
      <Skeleton className="mb-3 h-4 w-40" />
      <Skeleton className="mb-12 h-8 w-2/3" />
      {['one', 'two', 'three'].map((shape) => (
        <div key={shape} className="mb-12">
          <Skeleton className="mb-4 h-6 w-1/2" />
          <SkeletonLines lines={4} />
        </div>
      ))}
    </main>
  )
}
