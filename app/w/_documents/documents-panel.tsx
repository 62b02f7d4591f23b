'use client'

import { FileText } from 'lucide-react'
import { useState } from 'react'
import { SearchInput } from '@/app/_components/controls/search-input'
import { Empty } from '@/app/_components/feedback/empty'
import { Tabs } from '@/app/_components/layout/tabs'
import { treeOf } from '@/app/_components/shell/document-tree'
import { DocumentTree } from '@/app/w/_documents/document-tree'
import { NewDocument } from '@/app/w/_documents/new-document'
import type { DocumentRowView, WorkspaceView } from '@/lib/views/workspace'

type View = 'all' | 'recent' | 'starred' | 'archived'

const byVisit = (a: DocumentRowView, b: DocumentRowView) =>
  (b.visitedAt ?? '').localeCompare(a.visitedAt ?? '')

/** The documents of a workspace: as a tree, by what I opened last, what I starred, what is archived. */
export function DocumentsPanel({ workspace }: { workspace: WorkspaceView }) {
  const [view, setView] = useState<View>('all')
  const [words, setWords] = useState('')
  const wanted = words.trim().toLowerCase()
  const found = workspace.documents.filter((row) => row.title.toLowerCase().includes(wanted))
  const current = found.filter((row) => !row.archived)
  const lists = {
    recent: current.filter((row) => row.visitedAt !== null).sort(byVisit),
    starred: current.filter((row) => row.starred),
    archived: found.filter((row) => row.archived),
  }
  const flat = (rows: DocumentRowView[], none: string) =>
    rows.length === 0 ? (
      <p className="rounded-lg border border-dashed px-4 py-6 text-muted-foreground">
        {wanted === '' ? none : `No title here contains “${words.trim()}”.`}
      </p>
    ) : (
      <DocumentTree workspace={workspace} nodes={rows.map((row) => ({ row, children: [] }))} />
    )
  const tree = treeOf(current)
  const all =
    wanted !== '' ? (
      flat(current, '')
    ) : tree.length === 0 ? (
      <NoDocuments workspace={workspace} />
    ) : (
      <DocumentTree workspace={workspace} nodes={tree} movable />
    )
  return (
    <section aria-label="Documents" className="min-w-0">
      <Tabs
        label="Which documents"
        value={view}
        onChange={setView}
        aside={
          <SearchInput
            aria-label="Find a document by its title"
            placeholder="Find by title"
            className="w-48 max-sm:w-full"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        }
        tabs={[
          { value: 'all', label: 'All documents', count: current.length, panel: all },
          {
            value: 'recent',
            label: 'Recent',
            panel: flat(lists.recent, 'Documents that you open will stand here.'),
          },
          {
            value: 'starred',
            label: 'Starred',
            panel: flat(lists.starred, 'Star a document to find it here.'),
          },
          ...(workspace.documents.some((row) => row.archived)
            ? [
                {
                  value: 'archived' as const,
                  label: 'Archived',
                  panel: flat(lists.archived, 'Nothing is archived.'),
                },
              ]
            : []),
        ]}
      />
    </section>
  )
}

function NoDocuments({ workspace: { id, can, role } }: { workspace: WorkspaceView }) {
  if (can.createDocument)
    return (
      <Empty icon={<FileText />} title="No documents yet" action={<NewDocument workspaceId={id} />}>
        Start one: everyone here can see it, and each section can be kept to fewer people.
      </Empty>
    )
  return (
    <Empty icon={<FileText />} title="No documents that you can see">
      {role === 'auditor'
        ? 'Auditors read the record, never the content.'
        : 'When someone starts a document or shares one with you, it will stand here.'}
    </Empty>
  )
}
