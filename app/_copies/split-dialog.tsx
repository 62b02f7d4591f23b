'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { Notice } from '@/app/_components/feedback/notice'
import { toast } from '@/app/_components/feedback/toast'
import { CopyDialog } from '@/app/_copies/copy-dialog'
import { useApi } from '@/app/_data/use-api'
import { useLiveSection, useLiveSections } from '@/app/_editor/live-sections-provider'
import { blocksOf, busyBlocks } from '@/app/_editor/split/blocks-of'
import { takeOut } from '@/app/_editor/split/take-out'
import type { DocumentView, SectionView } from '@/lib/views/document'

interface SplitDialogProps {
  section: SectionView
  view: DocumentView
  refresh: () => Promise<void>
  onClose: () => void
}

/** Where the new section begins. What follows goes into it, and out of this one unless somebody is writing there. */
export function SplitDialog({ section, view, refresh, onClose }: SplitDialogProps) {
  const live = useLiveSections()
  const { state, saving } = useLiveSection(section.id)
  const text = live.textOf(section.id)
  const [blocks] = useState(() => (text === null ? [] : blocksOf(text.doc)))
  const [blockId, setBlockId] = useState('')
  const split = useMutation(useApi().copies.split.mutationOptions())
  const ready = state === 'live' && text !== null
  const notYet = () => {
    if (!ready) return 'The text of this section is not open. Scroll to it and try again.'
    if (saving !== 'saved') return 'Wait until what was typed here is saved.'
    return blockId === '' ? 'Choose where the new section begins.' : null
  }
  const choices = blocks
    .slice(1)
    .map(({ id, words }) => ({ value: id, label: words === '' ? '(empty line)' : words }))
  return (
    <CopyDialog
      heading={`Split “${section.title}”`}
      description="The new section stands right after this one and begins with the paragraph that you choose."
      confirmLabel="Split"
      plan={{ how: 'split', sectionId: section.id, documentId: view.id }}
      title={`${section.title} (2)`}
      notYet={notYet()}
      onClose={onClose}
      onConfirm={async ({ title }) => {
        const outcome = await split.mutateAsync({ sectionId: section.id, blockId, title })
        const left =
          text === null
            ? outcome.blockIds.length
            : takeOut(text.doc, outcome, busyBlocks(text.doc, text.awareness))
        toast({
          text:
            left === 0
              ? `Split: “${title}” begins there.`
              : `Split. ${left === 1 ? '1 paragraph stays' : `${left} paragraphs stay`} here as well, because somebody is writing there.`,
        })
        await refresh()
      }}
    >
      {ready && choices.length === 0 ? (
        <Notice tone="warn">This section has one paragraph only: there is nothing to split.</Notice>
      ) : null}
      <Field label="The new section begins with">
        {(control) => (
          <Select
            {...control}
            value={blockId}
            options={[{ value: '', label: 'Choose a paragraph …' }, ...choices]}
            onChange={(event) => setBlockId(event.target.value)}
          />
        )}
      </Field>
    </CopyDialog>
  )
}
