'use client'

import { ArrowDown, ArrowUp, Ellipsis, Eye, History, Pencil, Snowflake, Sun, Tag, Trash2 } from 'lucide-react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/overlays/menu'
import type { Asking } from '@/app/d/[documentId]/_sections/section-dialogs'
import { useSectionActs } from '@/app/d/[documentId]/use-acts'
import type { SectionView } from '@/lib/views/document'

interface SectionMenuProps {
  section: SectionView
  first: boolean
  last: boolean
  onStep: (direction: 'up' | 'down') => void
  onRename: () => void
  onAsk: (asking: Asking) => void
}

/** What I may do with this section, as the server said; nothing when there is nothing. */
export function SectionMenu({ section, first, last, onStep, onRename, onAsk }: SectionMenuProps) {
  const { freeze, unfreeze } = useSectionActs()
  const { can } = section
  if (!Object.entries(can).some(([act, may]) => may && act !== 'edit' && act !== 'setBoundary')) return null
  return (
    <Menu trigger={<IconButton label={`More for ${section.title}`} icon={<Ellipsis />} />}>
      {can.seeBoundary ? (
        <MenuItem icon={<Eye />} onSelect={() => onAsk('boundary')}>
          Who can see this …
        </MenuItem>
      ) : null}
      {can.rename ? (
        <MenuItem icon={<Pencil />} onSelect={onRename}>
          Rename
        </MenuItem>
      ) : null}
      {can.mark ? (
        <MenuItem icon={<Tag />} onSelect={() => onAsk('mark')}>
          Change the marking …
        </MenuItem>
      ) : null}
      {can.move && !first ? (
        <MenuItem icon={<ArrowUp />} onSelect={() => onStep('up')}>
          Move up
        </MenuItem>
      ) : null}
      {can.move && !last ? (
        <MenuItem icon={<ArrowDown />} onSelect={() => onStep('down')}>
          Move down
        </MenuItem>
      ) : null}
      {can.freeze ? (
        <MenuItem icon={<Snowflake />} onSelect={() => freeze.mutate({ sectionId: section.id })}>
          Freeze: nobody can edit
        </MenuItem>
      ) : null}
      {can.unfreeze ? (
        <MenuItem icon={<Sun />} onSelect={() => unfreeze.mutate({ sectionId: section.id })}>
          Unfreeze
        </MenuItem>
      ) : null}
      {can.reseed && section.reseedUntil === null ? (
        <MenuItem icon={<History />} onSelect={() => onAsk('reseed')}>
          Bring back lost text …
        </MenuItem>
      ) : null}
      {can.remove ? (
        <>
          <MenuSeparator />
          <MenuItem danger icon={<Trash2 />} onSelect={() => onAsk('remove')}>
            Delete …
          </MenuItem>
        </>
      ) : null}
    </Menu>
  )
}
