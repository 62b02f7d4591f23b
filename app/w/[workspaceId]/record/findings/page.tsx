import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { FindingsScreen } from '@/app/w/_findings/findings-screen'
import { WhatIsLookedFor } from '@/app/w/_findings/what-is-looked-for'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Findings' }

export default async function FindingsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record/findings`
  return (
    <DeskPage
      workspaceId={workspaceId}
      path={path}
      tab="findings"
      title="Findings"
      says="What is unusual on the record, with the numbers that say so and the entries they rest on. What you make of it is on record too."
      problem={null}
    >
      <FindingsScreen workspaceId={workspaceId} />
      <WhatIsLookedFor />
    </DeskPage>
  )
}
