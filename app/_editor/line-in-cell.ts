import { createExtension } from '@blocknote/core'

/**
 * Enter in a cell of a table starts a new line there, as people expect of a document. The editor's own Enter selects
 * all the text of the cell below, and the next letter typed would replace it.
 */
export const lineInCell = createExtension({
  key: 'line-in-cell',
  keyboardShortcuts: {
    Enter: ({ editor }) =>
      editor.transact((tr) => {
        const { $from, $to } = tr.selection
        if (!$from.sameParent($to) || !$from.parent.type.isInGroup('tableContent')) return false
        const line = tr.doc.type.schema.nodes.hardBreak
        if (line === undefined) return false
        tr.replaceSelectionWith(line.create()).scrollIntoView()
        return true
      }),
  },
})
