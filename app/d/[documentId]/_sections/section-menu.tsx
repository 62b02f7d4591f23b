'use client'

import {
  ArrowDown,
  ArrowUp,
  Combine,
  Copy,
  Ellipsis,
  Eye,
  FolderInput,
  History,
  MessageCircleQuestion,
  Pencil,
  Siren,
  Snowflake,
  Split,
  Sun,
  Tag,
  Trash2,
} from 'lucide-react'
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

/** What I may do with this section, as the server said. */
export function SectionMenu({ section, first, last, onStep, onRename, onAsk }: SectionMenuProps) {
  const { freeze } = useSectionActs()
  const { can } = section
  return (
    <Menu trigger={<IconButton label={`More for ${section.title}`} icon={<Ellipsis />} />}>
      {can.seeBoundary ? (
        <MenuItem icon={<Eye />} onSelect={() => onAsk('share')}>
          Share: who can see this …
        </MenuItem>
      ) : null}
      <MenuItem icon={<MessageCircleQuestion />} onSelect={() => onAsk('access')}>
        {can.setBoundary ? 'Who, why and since when …' : 'Why can I see this …'}
      </MenuItem>
      {can.breakGlass ? (
        <MenuItem danger icon={<Siren />} onSelect={() => onAsk('glass')}>
          Break the glass …
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
      <CopyItems section={section} last={last} onAsk={onAsk} />
      {can.freeze ? (
        <MenuItem icon={<Snowflake />} onSelect={() => freeze.mutate({ sectionId: section.id })}>
          Freeze: nobody can edit
        </MenuItem>
      ) : null}
      {can.unfreeze ? (
        <MenuItem icon={<Sun />} onSelect={() => onAsk('thaw')}>
          Unfreeze …
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

/** What can be made of it: nobody gets more of the result than of this. */
function CopyItems({ section: { can }, last, onAsk }: Pick<SectionMenuProps, 'section' | 'last' | 'onAsk'>) {
  return (
    <>
      {can.copy ? (
        <MenuItem icon={<Copy />} onSelect={() => onAsk('copy')}>
          Copy to a document …
        </MenuItem>
      ) : null}
      {can.transfer ? (
        <MenuItem icon={<FolderInput />} onSelect={() => onAsk('move')}>
          Move to another document …
        </MenuItem>
      ) : null}
      {can.split ? (
        <MenuItem icon={<Split />} onSelect={() => onAsk('split')}>
          Split …
        </MenuItem>
      ) : null}
      {can.merge && !last ? (
        <MenuItem icon={<Combine />} onSelect={() => onAsk('merge')}>
          Merge with the next section …
        </MenuItem>
      ) : null}
    </>
  )
}
