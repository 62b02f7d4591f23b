'use client'

import {
  Archive,
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  Ellipsis,
  FilePlus,
  FolderInput,
  Pencil,
  Star,
} from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/overlays/menu'
import { TitleDialog } from '@/app/_components/overlays/title-dialog'
import type { DocumentNode } from '@/app/_components/shell/document-tree'
import type { Place } from '@/app/w/_documents/document-row'
import { MoveDialog } from '@/app/w/_documents/move-dialog'
import { NewDocumentDialog } from '@/app/w/_documents/new-document'
import type { DocumentActs } from '@/app/w/_documents/use-document-acts'
import type { WorkspaceView } from '@/lib/views/workspace'

interface DocumentMenuProps {
  workspace: WorkspaceView
  node: DocumentNode
  acts: DocumentActs
  place: Place | null
}

type Window = 'none' | 'new' | 'rename' | 'move' | 'archive'

/** Everything that can be done to a document, with the keyboard as well: also moving it. */
export function DocumentMenu({ workspace, node, acts, place }: DocumentMenuProps) {
  const [shown, setShown] = useState<Window>('none')
  const { row } = node
  const window = (name: Window) => ({
    open: shown === name,
    onOpenChange: (open: boolean) => setShown(open ? name : 'none'),
  })
  const notMine = row.can.rename ? null : `Ask ${row.owner.name}, which owns it, or a lead here.`
  const notGoverned = row.can.archive ? null : `Ask a lead or steward of ${row.owner.name}.`
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${row.title}`} icon={<Ellipsis />} />}>
        {row.archived ? null : (
          <>
            {row.can.createBelow ? (
              <MenuItem icon={<FilePlus />} onSelect={() => setShown('new')}>
                New document below
              </MenuItem>
            ) : null}
            <MenuItem icon={<Star />} onSelect={() => acts.toggleStar(row)}>
              {row.starred ? 'Take the star away' : 'Star'}
            </MenuItem>
            <MenuItem icon={<Pencil />} disabledWhy={notMine} onSelect={() => setShown('rename')}>
              Rename
            </MenuItem>
            {place && row.can.rename ? <MoveItems row={row} place={place} acts={acts} /> : null}
            <MenuItem icon={<FolderInput />} disabledWhy={notMine} onSelect={() => setShown('move')}>
              Move to …
            </MenuItem>
            <MenuSeparator />
          </>
        )}
        {row.archived ? (
          <MenuItem
            icon={<ArchiveRestore />}
            disabledWhy={notGoverned}
            onSelect={() => void acts.restore(row)}
          >
            Restore
          </MenuItem>
        ) : (
          <MenuItem icon={<Archive />} danger disabledWhy={notGoverned} onSelect={() => setShown('archive')}>
            Archive
          </MenuItem>
        )}
      </Menu>
      <NewDocumentDialog workspaceId={workspace.id} below={row} {...window('new')} />
      <TitleDialog
        heading="Rename the document"
        label="Title"
        title={row.title}
        confirmLabel="Rename"
        onConfirm={(title) => acts.rename(row, title)}
        {...window('rename')}
      />
      <MoveDialog workspace={workspace} node={node} acts={acts} {...window('move')} />
      <ConfirmDialog
        title={`Archive “${row.title}”?`}
        confirmLabel="Archive"
        danger
        onConfirm={() => {
          setShown('none')
          void acts.archive(row)
        }}
        {...window('archive')}
      >
        <p>
          Everyone who sees it now can still read it, under Archived. Nobody can change it until a lead or
          steward of {row.owner.name} restores it. Nothing is deleted.
        </p>
      </ConfirmDialog>
    </>
  )
}

type MoveItemsProps = Pick<DocumentMenuProps, 'acts'> & { row: DocumentNode['row']; place: Place }

/** One up or down among its neighbours; at an edge there is nothing to choose. */
function MoveItems({ row, place: { parentId, siblings, index }, acts }: MoveItemsProps) {
  const move = (after: string | null) => void acts.move(row, parentId, after).catch(toastProblem)
  return (
    <>
      {index > 0 ? (
        <MenuItem icon={<ArrowUp />} onSelect={() => move(siblings[index - 2] ?? null)}>
          Move up
        </MenuItem>
      ) : null}
      {index < siblings.length - 1 ? (
        <MenuItem icon={<ArrowDown />} onSelect={() => move(siblings[index + 1] ?? null)}>
          Move down
        </MenuItem>
      ) : null}
    </>
  )
}
