import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { IntegrityScreen } from '@/app/w/_integrity/integrity-screen'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Integrity of the record' }

export default async function IntegrityPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record/integrity`
  const { value, problem } = await load(path, (api) => api.record.integrity({ workspaceId }))
  return (
    <DeskPage
      workspaceId={workspaceId}
      path={path}
      tab="integrity"
      title="Integrity of the record"
      says="The server signs the record as it grows. Each agency’s witness checks that nothing before was changed, and co-signs. What more than half of the agencies other than the host have co-signed is sealed."
      problem={problem}
    >
      {value ? <IntegrityScreen workspaceId={workspaceId} initial={value} /> : null}
    </DeskPage>
  )
}
