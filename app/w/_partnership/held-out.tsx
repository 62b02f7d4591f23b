'use client'

import { lazy, Suspense } from 'react'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import type { TermsView } from '@/lib/views/partnership'
import type { MeView } from '@/lib/views/person'

/** Few ever see it: the workspace's page, which everybody sees, does not carry its program. */
const HeldOutScreen = lazy(() =>
  import('@/app/w/_partnership/held-out-screen').then((part) => ({ default: part.HeldOutScreen })),
)

export function HeldOut(props: { initial: TermsView; me: MeView }) {
  return (
    <Suspense fallback={<SkeletonLines lines={8} />}>
      <HeldOutScreen {...props} />
    </Suspense>
  )
}
