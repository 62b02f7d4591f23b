import type { Metadata } from 'next'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { DocumentPage } from '@/app/d/[documentId]/document-page'

interface PageProps {
  params: Promise<{ documentId: string }>
}

// The title is the document's, and who may know it is decided by the page itself: never in a tab of somebody else.
export const metadata: Metadata = { title: 'Document' }

/** A document: what of it is there for whoever asks, loaded on the server and kept fresh in the browser. */
export default async function Page({ params }: PageProps) {
  const { documentId } = await params
  const path = `/d/${documentId}`
  const { value, problem } = await load(path, async (api) => {
    const document = await api.documents.get({ documentId })
    return { document, me: await api.me.get() }
  })
  if (value === null)
    return (
      <AppShell path={path}>
        <div className="container-page py-10">
          <ProblemView problem={problem} />
        </div>
      </AppShell>
    )
  return (
    <AppShell path={path} workspaceId={value.document.workspace.id}>
      <DocumentPage
        key={documentId}
        initial={value.document}
        me={{ id: value.me.id, name: value.me.name, org: value.me.org }}
      />
    </AppShell>
  )
}
