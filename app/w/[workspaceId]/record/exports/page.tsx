import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { ExportsScreen } from '@/app/w/_exports/exports-screen'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Exports of the record' }

export default async function ExportsPage({ params }: { params: Promise<{ workspaceId: string }> }) {
  const { workspaceId } = await params
  if (!isId(workspaceId)) notFound()
  const path = `/w/${workspaceId}/record/exports`
  const { value, problem } = await load(path, async (api) => ({
    exports: await api.exports.list({ workspaceId }),
    choices: await api.record.choices({ workspaceId }),
  }))
  return (
    <DeskPage
      workspaceId={workspaceId}
      path={path}
      tab="exports"
      title="Exports"
      says="Take the record with you: as proof, as a table, or as a report. Asking for one and downloading it are on the record too."
      problem={problem}
    >
      {value ? (
        <ExportsScreen workspaceId={workspaceId} initial={value.exports} choices={value.choices} />
      ) : null}
    </DeskPage>
  )
}
