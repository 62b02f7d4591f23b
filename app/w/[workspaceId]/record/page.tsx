import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { ColdLine } from '@/app/w/_record/desk/cold-line'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { SealBadge } from '@/app/w/_record/desk/seal-badge'
import { RecordScreen } from '@/app/w/_record/record-screen'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Record' }

export default async function RecordPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record`
  const { value, problem } = await load(path, (api) => api.record.choices({ workspaceId }))
  return (
    <DeskPage
      workspaceId={workspaceId}
      path={path}
      tab="entries"
      title="Record"
      says="Every look and every change, newest first. Nothing here can be changed or taken away; your own look is on it too."
      actions={value ? <SealBadge workspaceId={workspaceId} sealedAt={value.sealedAt} /> : null}
      problem={problem}
    >
      {value ? <RecordScreen workspaceId={workspaceId} choices={value} /> : null}
      {value ? <ColdLine workspaceId={workspaceId} cold={value.cold} /> : null}
    </DeskPage>
  )
}
