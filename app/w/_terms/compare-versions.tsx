'use client'

import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { useUnfolded } from '@/app/_components/controls/use-unfolded'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import type { TermsVersionView } from '@/lib/views/partnership'

const TermsDiff = dynamic(() => import('@/app/w/_terms/terms-diff').then(({ TermsDiff }) => TermsDiff), {
  loading: () => <SkeletonLines lines={6} />,
})

/** Any two versions, and what is different between them. */
export function CompareVersions({ versions }: { versions: readonly TermsVersionView[] }) {
  const [newest, before] = versions
  const { open, details } = useUnfolded()
  const [from, setFrom] = useState(before?.version ?? 0)
  const [to, setTo] = useState(newest?.version ?? 0)
  const options = versions.map(({ version }) => ({ value: String(version), label: `Version ${version}` }))
  const find = (version: number) => versions.find((one) => one.version === version)
  const [old, now] = [find(from), find(to)]
  return (
    <details className="rounded-lg border bg-card px-4 py-2" {...details}>
      <summary className="cursor-pointer py-1 font-medium">Compare versions</summary>
      <div className="flex flex-wrap gap-4 py-3">
        <Field label="From">
          {(control) => (
            <Select
              {...control}
              value={String(from)}
              onChange={(event) => setFrom(Number(event.target.value))}
              options={options}
            />
          )}
        </Field>
        <Field label="To">
          {(control) => (
            <Select
              {...control}
              value={String(to)}
              onChange={(event) => setTo(Number(event.target.value))}
              options={options}
            />
          )}
        </Field>
      </div>
      {open && old && now ? <TermsDiff before={old} after={now} /> : null}
    </details>
  )
}
