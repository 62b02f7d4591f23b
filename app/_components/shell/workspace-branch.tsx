'use client'

import { useQuery } from '@tanstack/react-query'
import { ChevronRight, FileText, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { Skeleton } from '@/app/_components/feedback/skeleton'
import { type DocumentNode, treeOf } from '@/app/_components/shell/document-tree'
import { NavLink } from '@/app/_components/shell/nav-link'
import { useApi } from '@/app/_data/use-api'
import type { WorkspaceCardView } from '@/lib/views/workspace'

interface WorkspaceBranchProps {
  card: WorkspaceCardView
  openAtFirst: boolean
}

/**
 * A workspace in the sidebar. Its documents are asked for only when it is opened: looking into a workspace is on
 * record.
 */
export function WorkspaceBranch({ card, openAtFirst }: WorkspaceBranchProps) {
  const [open, setOpen] = useState(openAtFirst)
  const api = useApi()
  const asked = useQuery({ ...api.workspaces.get.queryOptions({ workspaceId: card.id }), enabled: open })
  const tree = treeOf((asked.data?.documents ?? []).filter((row) => !row.archived))
  return (
    <li>
      <div className="relative">
        <button
          type="button"
          aria-expanded={open}
          aria-label={`Documents of ${card.title}`}
          onClick={() => setOpen(!open)}
          className="absolute inset-y-0 left-0 z-10 flex w-7 items-center justify-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground pointer-coarse:w-9"
        >
          <ChevronRight
            aria-hidden
            className={`size-4 transition-transform duration-100 ${open ? 'rotate-90' : ''}`}
          />
        </button>
        <div className="pl-5 pointer-coarse:pl-8">
          <NavLink href={`/w/${card.id}`} icon={<UsersRound />} title={card.title}>
            {card.title}
          </NavLink>
        </div>
      </div>
      {open ? (
        <div aria-busy={asked.isPending}>
          {asked.isPending ? <Skeleton className="mx-8 my-2 h-3" /> : null}
          {asked.isError ? (
            <p className="px-8 py-1 text-muted-foreground text-sm">The documents could not be loaded.</p>
          ) : null}
          {asked.isSuccess && tree.length === 0 ? (
            <p className="py-1 pr-2 pl-13 text-muted-foreground text-sm">No documents that you can see</p>
          ) : null}
          <Branches nodes={tree} depth={2} />
        </div>
      ) : null}
    </li>
  )
}

function Branches({ nodes, depth }: { nodes: DocumentNode[]; depth: number }) {
  if (nodes.length === 0) return null
  return (
    <ul>
      {nodes.map(({ row, children }) => (
        <li key={row.id}>
          <NavLink href={`/d/${row.id}`} icon={<FileText />} depth={depth} title={row.title}>
            {row.title}
          </NavLink>
          <Branches nodes={children} depth={depth + 1} />
        </li>
      ))}
    </ul>
  )
}
