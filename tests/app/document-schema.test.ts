import { BlockNoteEditor } from '@blocknote/core'
import { expect, test } from 'vitest'
import { editorSchema } from '@/app/_editor/schema'
import {
  EDITOR_ATTRIBUTES,
  EDITOR_BLOCKS,
  EDITOR_ELEMENTS,
  EDITOR_INLINE,
  EDITOR_MARKS,
  EDITOR_SHAPES,
  EDITOR_STYLES,
  EDITOR_TOP,
} from '@/lib/sync/editor-schema'
import { isAllowedLink } from '@/lib/sync/schema/allowed-link'

const sorted = (names: Iterable<string>) => [...names].sort()

test('the editor and the list of names agree on blocks, inline content and styles', () => {
  const schema = editorSchema()
  expect(sorted(Object.keys(schema.blockSpecs))).toEqual(sorted(EDITOR_BLOCKS))
  expect(sorted(Object.keys(schema.inlineContentSpecs))).toEqual(sorted(EDITOR_INLINE))
  expect(sorted(Object.keys(schema.styleSpecs))).toEqual(sorted(EDITOR_STYLES))
})

test('every element and mark that the editor can write is in the list of names, and nothing else', () => {
  const { nodes, marks } = BlockNoteEditor.create({ schema: editorSchema() }).pmSchema
  // The root is the fragment itself, text is Y.Text; suggestion marks exist in every BlockNote schema and are not ours.
  expect(sorted(Object.keys(nodes).filter((name) => name !== 'doc' && name !== 'text'))).toEqual(
    sorted(EDITOR_ELEMENTS),
  )
  expect(
    sorted(Object.keys(marks).filter((name) => !['insertion', 'deletion', 'modification'].includes(name))),
  ).toEqual(sorted(EDITOR_MARKS))
})

test('[W-15] [W-18] what may stand on an element and below it is what the editor can build', () => {
  const { nodes, topNodeType } = BlockNoteEditor.create({ schema: editorSchema() }).pmSchema
  const childrenOf = ({ contentMatch }: (typeof nodes)[string]) => {
    const found = new Set<string>()
    const seen = new Set([contentMatch])
    for (const match of seen) {
      for (let i = 0; i < match.edgeCount; i++) {
        const { type, next } = match.edge(i)
        found.add(type.name === 'text' ? '#text' : type.name)
        seen.add(next)
      }
    }
    return sorted(found)
  }
  expect(childrenOf(topNodeType)).toEqual([EDITOR_TOP])
  for (const name of EDITOR_ELEMENTS) {
    const { attributes, children } = EDITOR_SHAPES[name]
    const type = nodes[name] as (typeof nodes)[string]
    expect(sorted(children), name).toEqual(childrenOf(type))
    expect(sorted(attributes), name).toEqual(sorted(Object.keys(type.spec.attrs ?? {})))
    for (const [key, { default: value }] of Object.entries(type.spec.attrs ?? {})) {
      // Null is never written: the attribute is left out.
      if (value !== null) expect(EDITOR_ATTRIBUTES[key]?.(value), `${name} ${key}`).toBe(true)
    }
  }
  expect(sorted(Object.keys(EDITOR_ATTRIBUTES))).toEqual(
    sorted(new Set(EDITOR_ELEMENTS.flatMap((name) => EDITOR_SHAPES[name].attributes))),
  )
})

test('nothing that fetches or embeds is in the schema', () => {
  for (const name of ['image', 'video', 'audio', 'file', 'embed']) {
    expect(Object.keys(editorSchema().blockSpecs)).not.toContain(name)
  }
})

test.each([
  'https://example.org/a?b#c',
  'http://example.org',
  'mailto:duty@example.org',
  ' https://example.org',
])('links: %s is allowed', (href) => expect(isAllowedLink(href)).toBe(true))

test.each([
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  ' \u0001javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://example.org/x',
  'file:///etc/passwd',
  'ftp://example.org',
  '//example.org',
  '/relative',
  '',
  null,
])('links: %j is refused', (href) => expect(isAllowedLink(href)).toBe(false))
