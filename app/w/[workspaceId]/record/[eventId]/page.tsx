import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { load } from '@/app/_data/server-api'
import { DeskPage } from '@/app/w/_record/desk/desk-page'
import { EntryView } from '@/app/w/_record/entry/entry-view'
import { isId } from '@/lib/ids'

export const metadata: Metadata = { title: 'Entry of the record' }

interface Props {
  params: Promise<{ workspaceId: string; eventId: string }>
}

export default async function EntryPage({ params }: Props) {
  const { workspaceId, eventId } = await params
  if (!isId(workspaceId) || !isId(eventId)) notFound()
  const path = `/w/${workspaceId}/record/${eventId}`
  const { value, problem } = await load(path, (api) => api.record.event({ workspaceId, eventId }))
  return (
    <DeskPage workspaceId={workspaceId} path={path} tab={null} title="Entry of the record" problem={problem}>
      {value ? <EntryView workspaceId={workspaceId} entry={value} /> : null}
    </DeskPage>
  )
}
