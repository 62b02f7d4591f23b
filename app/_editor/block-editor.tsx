'use client'

import '@blocknote/react/style.css'
import '@/app/_editor/editor.css'
import { BlockNoteEditor } from '@blocknote/core'
import { filterSuggestionItems } from '@blocknote/core/extensions'
import { en } from '@blocknote/core/locales'
import { withCollaboration } from '@blocknote/core/yjs'
import {
  BlockNoteViewRaw,
  ComponentsContext,
  getDefaultReactSlashMenuItems,
  SuggestionMenuController,
} from '@blocknote/react'
import { useEffect, useMemo } from 'react'
import { useTheme } from '@/app/_components/shell/theme'
import { type CaretUser, renderCaret } from '@/app/_editor/caret'
import { lineInCell } from '@/app/_editor/line-in-cell'
import { openLink } from '@/app/_editor/links'
import { components } from '@/app/_editor/menus/components'
import { FormattingBar } from '@/app/_editor/menus/formatting-bar'
import { editorSchema } from '@/app/_editor/schema'
import type { OpenSection } from '@/app/_editor/use-open-section'
import { EDITOR_FRAGMENT } from '@/lib/sync/editor-schema'
import { isAllowedLink } from '@/lib/sync/schema/allowed-link'

interface BlockEditorProps {
  open: OpenSection
  /** What my caret says to others; the server replaces it by what it knows of me. */
  user: CaretUser
  editable: boolean
  /** Id of the heading that names this editor. */
  labelledBy: string
  describedBy: string
}

/** The editor of one section. Give it a `key` per Y.Doc: an editor never changes documents. */
export function BlockEditor({ open, user, editable, labelledBy, describedBy }: BlockEditorProps) {
  const theme = useTheme()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an editor belongs to its document; the rest is its start
  const editor = useMemo(
    () =>
      BlockNoteEditor.create(
        withCollaboration({
          schema: editorSchema(),
          extensions: [lineInCell],
          animations: false,
          tables: { headers: true },
          links: { isValidLink: isAllowedLink, onClick: openLink },
          dictionary: WORDS,
          domAttributes: {
            editor: { 'aria-labelledby': labelledBy, 'aria-describedby': describedBy, spellcheck: 'true' },
          },
          collaboration: {
            fragment: open.doc.getXmlFragment(EDITOR_FRAGMENT),
            provider: open.connection.provider,
            user,
            renderCursor: (speaker) => renderCaret(speaker),
            showCursorLabels: 'activity',
          },
        }),
      ),
    [open.doc],
  )
  useEffect(() => () => editor.unmount(), [editor])

  return (
    <ComponentsContext value={components}>
      <BlockNoteViewRaw
        editor={editor}
        editable={editable}
        theme={theme}
        slashMenu={false}
        emojiPicker={false}
        filePanel={false}
        comments={false}
        sideMenu={editable}
        formattingToolbar={false}
        tableHandles={editable}
      >
        {editable ? <FormattingBar /> : null}
        {editable ? (
          <SuggestionMenuController
            triggerCharacter="/"
            shouldOpen={(state) => !state.selection.$from.parent.type.isInGroup('tableContent')}
            getItems={async (query) =>
              filterSuggestionItems(
                // Emoji come from the keyboard; a picker would load a table of 80 KiB.
                getDefaultReactSlashMenuItems(editor).filter(
                  (item) => !('key' in item && item.key === 'emoji'),
                ),
                query,
              )
            }
          />
        ) : null}
      </BlockNoteViewRaw>
    </ComponentsContext>
  )
}

const EMPTY = 'Write, or press / for headings, lists and tables'

const WORDS = {
  ...en,
  placeholders: { ...en.placeholders, default: EMPTY, emptyDocument: EMPTY },
  slash_menu: {
    ...en.slash_menu,
    // Nothing is highlighted here: a highlighter for every language would be fetched for it.
    code_block: { ...en.slash_menu.code_block, subtext: 'Text as it is, in letters of one width' },
  },
  link_toolbar: {
    ...en.link_toolbar,
    form: { title_placeholder: 'Words to show', url_placeholder: 'Web or e-mail address' },
  },
}
