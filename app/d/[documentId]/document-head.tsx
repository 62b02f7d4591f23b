'use client'

import { Archive, ArchiveRestore, Copy, Ellipsis, LayoutTemplate, Pencil, Star } from 'lucide-react'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Notice } from '@/app/_components/feedback/notice'
import { toast } from '@/app/_components/feedback/toast'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/overlays/menu'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'
import { InlineTitle } from '@/app/d/[documentId]/inline-title'
import { ShareButton } from '@/app/d/[documentId]/share-button'
import { useDocumentActs } from '@/app/d/[documentId]/use-acts'

const duplicateDialog = later(() => import('@/app/_copies/duplicate-dialog'))

/** Where the document lies, its title, whose it is, and what can be done with all of it. */
export function DocumentHead() {
  const { view, show } = useDocumentContext()
  const acts = useDocumentActs()
  const [renaming, setRenaming] = useState(false)
  const [archiving, setArchiving] = useState(false)
  const [duplicating, setDuplicating] = useState(false)
  const duplicate = useLater(duplicateDialog, duplicating, () => setDuplicating(false))
  const documentId = view.id

  const toggleStar = () => {
    show((now) => ({ ...now, starred: !now.starred }))
    ;(view.starred ? acts.unstar : acts.star).mutate({ documentId })
  }
  const restore = () => acts.restore.mutate({ documentId })
  const archive = () =>
    acts.archive.mutate(
      { documentId },
      {
        onSuccess: () => toast({ text: 'The document is archived.', undo: restore }),
        onSettled: () => setArchiving(false),
      },
    )

  return (
    <header className="pt-8 pb-6">
      <nav aria-label="Where this document is" className="mb-1">
        <ol className="flex items-center gap-1 text-muted-foreground text-sm">
          <li className="min-w-0">
            <Link
              href={`/w/${view.workspace.id}`}
              className="block truncate rounded-sm hover:text-foreground hover:underline"
            >
              {view.workspace.title}
            </Link>
          </li>
        </ol>
      </nav>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <InlineTitle
            as="h1"
            title={view.title}
            canRename={view.can.rename}
            label="Title of the document"
            onRename={(title) => acts.rename.mutateAsync({ documentId, title })}
            editing={renaming}
            onEditing={setRenaming}
            className="break-words font-semibold text-2xl tracking-tight md:text-[1.75rem] md:leading-9"
          />
        </div>
        <IconButton
          label={view.starred ? 'Remove the star' : 'Star this document'}
          aria-pressed={view.starred}
          icon={<Star className={view.starred ? 'fill-warning text-warning' : ''} />}
          onClick={toggleStar}
        />
        <ShareButton />
        {view.can.rename || view.can.archive || view.can.duplicate ? (
          <Menu trigger={<IconButton label="More for this document" icon={<Ellipsis />} />}>
            {view.can.rename ? (
              <MenuItem icon={<Pencil />} onSelect={() => setTimeout(() => setRenaming(true))}>
                Rename
              </MenuItem>
            ) : null}
            {view.can.duplicate ? (
              <MenuItem icon={<Copy />} onSelect={() => setDuplicating(true)}>
                {view.template ? 'New document from this template …' : 'Duplicate …'}
              </MenuItem>
            ) : null}
            {view.can.archive ? (
              <MenuItem
                icon={<LayoutTemplate />}
                onSelect={() => acts.setTemplate.mutate({ documentId, isTemplate: !view.template })}
              >
                {view.template ? 'No longer a template' : 'Offer as a template'}
              </MenuItem>
            ) : null}
            {view.can.archive && !view.archived ? (
              <>
                <MenuSeparator />
                <MenuItem icon={<Archive />} onSelect={() => setArchiving(true)}>
                  Archive …
                </MenuItem>
              </>
            ) : null}
            {view.can.archive && view.archived ? (
              <MenuItem icon={<ArchiveRestore />} onSelect={restore}>
                Bring back from the archive
              </MenuItem>
            ) : null}
          </Menu>
        ) : null}
      </div>
      <p className="mt-2 flex flex-wrap items-center gap-2 text-muted-foreground">
        Owned by <AgencyTag agency={view.owner} withName />
        {view.template ? <span className="rounded-full border px-2 text-xs">Template</span> : null}
      </p>
      {view.archived ? (
        <Notice
          tone="warn"
          className="mt-4"
          title="This document is archived"
          action={
            view.can.archive ? (
              <Button size="sm" onClick={restore} busy={acts.restore.isPending}>
                Bring back
              </Button>
            ) : undefined
          }
        >
          It can be read, not changed.
        </Notice>
      ) : null}
      {duplicate && duplicating ? (
        <duplicate.DuplicateDialog document={view} onClose={() => setDuplicating(false)} />
      ) : null}
      <ConfirmDialog
        open={archiving}
        onOpenChange={setArchiving}
        title={`Archive “${view.title}”?`}
        confirmLabel="Archive"
        onConfirm={archive}
        busy={acts.archive.isPending}
      >
        <p>Everyone who can read it now still can. Nobody can change it until it is brought back.</p>
      </ConfirmDialog>
    </header>
  )
}
