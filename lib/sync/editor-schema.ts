/**
 * What a section's text may be made of, as plain names: for whoever must judge a document without loading an editor.
 * `app/_editor/schema.ts` builds the editor from the same names; `tests/app/document-schema.test.ts` holds the two
 * together. A node or mark outside these lists makes other people's editors delete content.
 *
 * Left out on purpose: image, video, audio and file (no foreign content, nothing fetched by anyone), toggles (their
 * state would be kept in each browser's own storage), and whatever evaluates or embeds.
 */

/**
 * Raised with every change of what follows (held by a test). A page that was loaded from another version deletes what it
 * does not know, so it only reads until it is loaded anew.
 */
export const EDITOR_SCHEMA_VERSION = 1

/** Name of the one Y.XmlFragment of a section's Y.Doc. No other root name has a meaning. */
export const EDITOR_FRAGMENT = 'prosemirror'

export const EDITOR_BLOCKS = [
  'paragraph',
  'heading',
  'bulletListItem',
  'numberedListItem',
  'checkListItem',
  'quote',
  'codeBlock',
  'divider',
  'table',
] as const

export const EDITOR_INLINE = ['text', 'link'] as const

export const EDITOR_STYLES = [
  'bold',
  'italic',
  'underline',
  'strike',
  'code',
  'textColor',
  'backgroundColor',
] as const

/** Headings inside a section; the document's title and the section's own title stand above them. */
export const EDITOR_HEADING_LEVELS = [1, 2, 3] as const

/** Element names that can stand in the fragment: the blocks, and what holds them and a table's cells. */
export const EDITOR_ELEMENTS = [
  ...EDITOR_BLOCKS,
  'blockGroup',
  'blockContainer',
  'tableRow',
  'tableHeader',
  'tableCell',
  'tableParagraph',
  'hardBreak',
] as const

/** Attribute names that formatting may put on text. */
export const EDITOR_MARKS = [...EDITOR_STYLES, 'link'] as const

type Check = (value: unknown) => boolean

const isText: Check = (value) => typeof value === 'string' && value.length <= 256
const isCount: Check = (value) =>
  Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 1_000
const isWidth: Check = (value) => value === null || (Number.isFinite(value) && (value as number) >= 0)

/**
 * Attributes of elements, and what their values may be. A value of another kind is no matter of taste: a heading of level
 * "<" makes the browser of everybody who draws it throw.
 */
export const EDITOR_ATTRIBUTES: Readonly<Record<string, Check>> = {
  id: isText,
  backgroundColor: isText,
  textColor: isText,
  textAlignment: isText,
  level: (value) => (EDITOR_HEADING_LEVELS as readonly unknown[]).includes(value),
  checked: (value) => typeof value === 'boolean',
  start: (value) => value === undefined || Number.isSafeInteger(value),
  language: isText,
  colspan: isCount,
  rowspan: isCount,
  colwidth: (value) => Array.isArray(value) && value.length <= 1_000 && value.every(isWidth),
}

const LOOK = ['backgroundColor', 'textColor']
const ALIGNED = [...LOOK, 'textAlignment']
const INLINE = ['#text', 'hardBreak']
const CELL = { attributes: [...ALIGNED, 'colspan', 'rowspan', 'colwidth'], children: ['tableParagraph'] }

/** What may stand on an element and right below it. `#text` is a Y.XmlText. How many of each is not said here. */
export const EDITOR_SHAPES: Readonly<
  Record<(typeof EDITOR_ELEMENTS)[number], { attributes: readonly string[]; children: readonly string[] }>
> = {
  blockGroup: { attributes: [], children: ['blockContainer'] },
  blockContainer: { attributes: ['id'], children: [...EDITOR_BLOCKS, 'blockGroup'] },
  paragraph: { attributes: ALIGNED, children: INLINE },
  heading: { attributes: [...ALIGNED, 'level'], children: INLINE },
  bulletListItem: { attributes: ALIGNED, children: INLINE },
  numberedListItem: { attributes: [...ALIGNED, 'start'], children: INLINE },
  checkListItem: { attributes: [...ALIGNED, 'checked'], children: INLINE },
  quote: { attributes: LOOK, children: INLINE },
  codeBlock: { attributes: ['language'], children: ['#text'] },
  divider: { attributes: [], children: [] },
  table: { attributes: ['textColor'], children: ['tableRow'] },
  tableRow: { attributes: [], children: ['tableHeader', 'tableCell'] },
  tableHeader: CELL,
  tableCell: CELL,
  tableParagraph: { attributes: [], children: INLINE },
  hardBreak: { attributes: [], children: [] },
}

/** The one kind of element that may stand right below the root. */
export const EDITOR_TOP = 'blockGroup'
