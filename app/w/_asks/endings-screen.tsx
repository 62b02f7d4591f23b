'use client'

import { useQuery } from '@tanstack/react-query'
import { CalendarCheck } from 'lucide-react'
import { Empty } from '@/app/_components/feedback/empty'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import { EndingRow } from '@/app/w/_asks/ending-row'
import type { EndingsView } from '@/lib/views/asks/ending'

/** Everything here that ends within two weeks, as far as I may know of it, the soonest first. */
export function EndingsScreen({ initial }: { initial: EndingsView }) {
  const { workspaceId } = initial
  const asked = useApi().endings.list.queryOptions({ workspaceId })
  const { title, endings } = useQuery({ ...asked, initialData: initial }).data
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader
        title="Ending soon"
        crumbs={[
          { label: 'My workspaces', href: '/' },
          { label: title, href: `/w/${workspaceId}` },
        ]}
      />
      {endings.length === 0 ? (
        <Empty icon={<CalendarCheck />} title="Nothing ends within two weeks">
          <p>What is given until a date is announced here and in the inbox before it ends.</p>
        </Empty>
      ) : (
        <ul className="divide-y rounded-lg border bg-card">
          {endings.map((ending) => (
            <EndingRow key={ending.rowId} ending={ending} />
          ))}
        </ul>
      )}
    </div>
  )
}
