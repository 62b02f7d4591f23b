'use client'

import {
  blockTypeSelectItems,
  FormattingToolbar,
  FormattingToolbarController,
  type FormattingToolbarProps,
  useDictionary,
} from '@blocknote/react'
import { EDITOR_HEADING_LEVELS } from '@/lib/sync/editor-schema'

/** The bar above a selection. Its kinds of blocks are ours: BlockNote's own list knows headings only with toggles. */
function Bar(props: FormattingToolbarProps) {
  const dictionary = useDictionary()
  const items = blockTypeSelectItems(dictionary).flatMap((item) => {
    if (item.type !== 'heading') return [item]
    const { level, isToggleable } = item.props ?? {}
    const known = EDITOR_HEADING_LEVELS.some((one) => one === level) && isToggleable !== true
    return known && level !== undefined ? [{ ...item, props: { level } }] : []
  })
  return <FormattingToolbar {...props} blockTypeSelectItems={items} />
}

export function FormattingBar() {
  return <FormattingToolbarController formattingToolbar={Bar} />
}
