'use client'

import dynamic from 'next/dynamic'
import { useUnfolded } from '@/app/_components/controls/use-unfolded'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import type { TermsVersionView } from '@/lib/views/partnership'

const TermsDiff = dynamic(() => import('@/app/w/_terms/terms-diff').then(({ TermsDiff }) => TermsDiff), {
  loading: () => <SkeletonLines lines={6} />,
})

/** What has changed between two versions, unfolded on demand. */
export function VersionChanges({ before, after }: { before: TermsVersionView; after: TermsVersionView }) {
  const { open, details } = useUnfolded()
  return (
    <details className="rounded-lg border bg-card px-4 py-2" {...details}>
      <summary className="cursor-pointer py-1 font-medium">
        What has changed since version {before.version}
      </summary>
      <div className="py-2">{open ? <TermsDiff before={before} after={after} /> : null}</div>
    </details>
  )
}
