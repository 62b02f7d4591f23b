'use client'

import { ChevronRight, FileText, Star } from 'lucide-react'
import Link from 'next/link'
import { IconButton } from '@/app/_components/controls/icon-button'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { LabelTag } from '@/app/_components/marks/label-tag'
import { Time } from '@/app/_components/marks/time'
import type { DocumentNode } from '@/app/_components/shell/document-tree'
import { DocumentMenu } from '@/app/w/_documents/document-menu'
import type { DocumentActs } from '@/app/w/_documents/use-document-acts'
import type { Id } from '@/lib/ids'
import type { WorkspaceView } from '@/lib/views/workspace'

/** Where a row stands among those that it can change places with. */
export interface Place {
  parentId: Id | null
  siblings: Id[]
  index: number
}

interface DocumentRowProps {
  workspace: WorkspaceView
  node: DocumentNode
  depth: number
  acts: DocumentActs
  open: boolean
  onFold: () => void
  /** Null where the order shown is not the order kept. */
  place: Place | null
}

const INDENT = ['pl-1', 'pl-7', 'pl-13', 'pl-19', 'pl-25']

export function DocumentRow({ workspace, node, depth, acts, open, onFold, place }: DocumentRowProps) {
  const { row, children } = node
  return (
    <div
      className={`flex min-h-11 items-center gap-1 border-t pr-1.5 hover:bg-muted ${INDENT[Math.min(depth, INDENT.length - 1)]}`}
    >
      {children.length > 0 ? (
        <IconButton
          label={open ? `Fold ${row.title}` : `Unfold ${row.title}`}
          aria-expanded={open}
          onClick={onFold}
          icon={<ChevronRight className={`transition-transform duration-100 ${open ? 'rotate-90' : ''}`} />}
        />
      ) : (
        <span
          aria-hidden
          className="flex size-7 shrink-0 items-center justify-center text-muted-foreground pointer-coarse:size-10"
        >
          <FileText className="size-4" />
        </span>
      )}
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
        <Link
          href={`/d/${row.id}`}
          prefetch={false}
          className="min-w-0 max-w-full flex-1 basis-48 break-words rounded-sm font-medium underline-offset-2 hover:underline"
        >
          {row.title}
        </Link>
        {row.visitedAt ? (
          <span className="text-muted-foreground text-sm max-md:hidden">
            <span className="sr-only">Opened </span>
            <Time at={row.visitedAt} as="since" />
          </span>
        ) : null}
        <span className="flex items-center gap-2">
          <LabelTag label={row.label} />
          <AgencyTag agency={row.owner} />
        </span>
      </div>
      <IconButton
        label={row.starred ? `Take the star from ${row.title}` : `Star ${row.title}`}
        aria-pressed={row.starred}
        onClick={() => acts.toggleStar(row)}
        icon={<Star className={row.starred ? 'fill-warning text-warning' : ''} />}
      />
      <DocumentMenu workspace={workspace} node={node} acts={acts} place={place} />
    </div>
  )
}
