'use client'

import { useState } from 'react'
import type { DocumentNode } from '@/app/_components/shell/document-tree'
import { DocumentRow } from '@/app/w/_documents/document-row'
import { type DocumentActs, useDocumentActs } from '@/app/w/_documents/use-document-acts'
import type { Id } from '@/lib/ids'
import type { WorkspaceView } from '@/lib/views/workspace'

interface DocumentTreeProps {
  workspace: WorkspaceView
  nodes: DocumentNode[]
  /** The order shown is the order kept: rows can be moved. */
  movable?: boolean
}

/** Rows of documents, those below another set in and foldable. */
export function DocumentTree({ workspace, nodes, movable = false }: DocumentTreeProps) {
  const acts = useDocumentActs(workspace.id)
  const [folded, setFolded] = useState<ReadonlySet<Id>>(new Set())
  const fold = (id: Id) => {
    const next = new Set(folded)
    if (!next.delete(id)) next.add(id)
    setFolded(next)
  }
  return <Level {...{ workspace, nodes, movable, acts, folded, fold }} parentId={null} depth={0} />
}

interface LevelProps extends Required<DocumentTreeProps> {
  acts: DocumentActs
  folded: ReadonlySet<Id>
  fold: (id: Id) => void
  parentId: Id | null
  depth: number
}

function Level(props: LevelProps) {
  const { nodes, folded, fold, depth, parentId, workspace, movable, acts } = props
  return (
    <ul className={depth === 0 ? 'rounded-lg border bg-card [&>li:first-child>div]:border-t-0' : ''}>
      {nodes.map((node, index) => {
        const open = !folded.has(node.row.id)
        return (
          <li key={node.row.id}>
            <DocumentRow
              workspace={workspace}
              node={node}
              depth={depth}
              acts={acts}
              open={open}
              onFold={() => fold(node.row.id)}
              place={movable ? { parentId, siblings: nodes.map(({ row }) => row.id), index } : null}
            />
            {open && node.children.length > 0 ? (
              <Level {...props} nodes={node.children} parentId={node.row.id} depth={depth + 1} />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
