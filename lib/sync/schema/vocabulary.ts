import {
  EDITOR_ATTRIBUTES,
  EDITOR_ELEMENTS,
  EDITOR_MARKS,
  EDITOR_SHAPES,
  EDITOR_TOP,
} from '@/lib/sync/editor-schema'
import { NameTable } from '@/lib/sync/schema/name-table'

/** The editor's schema as numbers: an element is its place in `EDITOR_ELEMENTS`, an attribute its place here. */
const ATTRIBUTES = Object.keys(EDITOR_ATTRIBUTES)

export const elementNames = new NameTable(EDITOR_ELEMENTS)
export const attributeNames = new NameTable(ATTRIBUTES)
export const markNames = new NameTable(EDITOR_MARKS)

/** What is in the tree and no element: a Y.XmlText, and an element that no schema knows (only in what is stored). */
export const TEXT_NODE = EDITOR_ELEMENTS.length
export const UNKNOWN_NODE = TEXT_NODE + 1

const own = (name: string): number =>
  name === '#text' ? TEXT_NODE : (EDITOR_ELEMENTS as readonly string[]).indexOf(name)

const children = EDITOR_ELEMENTS.map((name) => new Set(EDITOR_SHAPES[name].children.map(own)))
const attributes = EDITOR_ELEMENTS.map(
  (name) => new Set(EDITOR_SHAPES[name].attributes.map((attribute) => ATTRIBUTES.indexOf(attribute))),
)
const checks = Object.values(EDITOR_ATTRIBUTES)
const top = own(EDITOR_TOP)

const GROUP = own('blockGroup')
const CONTAINER = own('blockContainer')

/**
 * Of some kinds only one may stand in a place: a block with its text, and one group of what is indented below it, in a
 * container; one group below the root. @param holder the element it stands in; null: below the root
 * @returns a number for all kinds that take that one place; -1 where any number may stand
 */
export const slotIn = (holder: number | null, node: number): number => {
  if (node < 0 || node >= TEXT_NODE || (holder !== null && holder !== CONTAINER)) return -1
  return node === GROUP ? 1 : 0
}

export const mayStandBelowRoot = (node: number): boolean => node === top
export const mayStandBelow = (parent: number, node: number): boolean => children[parent]?.has(node) ?? false
export const mayStandOn = (element: number, attribute: number): boolean =>
  attributes[element]?.has(attribute) ?? false
export const isValueOf = (attribute: number, value: unknown): boolean => checks[attribute]?.(value) ?? false
export const MARK_LINK = (EDITOR_MARKS as readonly string[]).indexOf('link')
const COLOURS = ['textColor', 'backgroundColor'].map((name) =>
  (EDITOR_MARKS as readonly string[]).indexOf(name),
)
export const isColour = (mark: number): boolean => COLOURS.includes(mark)
