import {
  BlockNoteSchema,
  type BlockSpec,
  createBulletListItemBlockSpec,
  createCheckListItemBlockSpec,
  createCodeBlockSpec,
  createDividerBlockSpec,
  createHeadingBlockSpec,
  createNumberedListItemBlockSpec,
  createParagraphBlockSpec,
  createQuoteBlockSpec,
  createTableBlockSpec,
  defaultInlineContentSpecs,
  type defaultProps,
  defaultStyleSpecs,
} from '@blocknote/core'
import { EDITOR_HEADING_LEVELS } from '@/lib/sync/editor-schema'

/**
 * The editor's schema. Node can import it too: what is seeded on the server is made of the same blocks. The names
 * stand in `lib/sync/editor-schema.ts`, with why some blocks are left out.
 */
export const editorSchema = () =>
  BlockNoteSchema.create({
    blockSpecs: {
      paragraph: createParagraphBlockSpec(),
      heading: headingBelowTitles(),
      bulletListItem: createBulletListItemBlockSpec(),
      numberedListItem: createNumberedListItemBlockSpec(),
      checkListItem: namedCheckBoxes(),
      quote: createQuoteBlockSpec(),
      codeBlock: createCodeBlockSpec(),
      divider: createDividerBlockSpec(),
      table: createTableBlockSpec(),
    },
    inlineContentSpecs: defaultInlineContentSpecs,
    styleSpecs: defaultStyleSpecs,
  })

/** The box of a check list stands beside its text without a label: it is given a name. */
const namedCheckBoxes = () => {
  const spec = createCheckListItemBlockSpec()
  const { render } = spec.implementation
  spec.implementation.render = function (block, editor) {
    const drawn = render.call(this, block, editor)
    if (drawn.dom instanceof HTMLElement)
      drawn.dom.querySelector('input[type="checkbox"]')?.setAttribute('aria-label', 'Done')
    return drawn
  }
  return spec
}

/**
 * Headings of the text stand below the document's title (h1) and the section's (h2), so that a screen reader's list
 * of headings is one outline: 1 and 2, which people use as the first below a title, are h3, and 3 is h4.
 */
const headingBelowTitles = () => {
  const spec = createHeadingBlockSpec({ levels: EDITOR_HEADING_LEVELS, allowToggleHeadings: false })
  const { render } = spec.implementation
  spec.implementation.render = function (block, editor) {
    const drawn = render.call(this, block, editor)
    // Given its class and attributes by the editor already: only the element is another one.
    const heading = document.createElement(Number(block.props.level) < 3 ? 'h3' : 'h4')
    for (const { name, value } of drawn.contentDOM?.attributes ?? []) heading.setAttribute(name, value)
    drawn.contentDOM?.replaceWith(heading)
    return { ...drawn, contentDOM: heading }
  }
  // Its type has an optional property for toggles, which exactOptionalPropertyTypes cannot unify; there is none here.
  return spec as unknown as BlockSpec<
    'heading',
    typeof defaultProps & { level: { default: number } },
    'inline'
  >
}
