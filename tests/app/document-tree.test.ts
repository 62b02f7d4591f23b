import { describe, expect, it } from 'vitest'
import { type DocumentNode, idsBelow, treeOf } from '@/app/_components/shell/document-tree'
import type { DocumentRowView } from '@/lib/views/workspace'

const row = (id: string, parentId: string | null = null): DocumentRowView => ({
  id,
  title: id,
  parentId,
  owner: { id: 'o', name: 'County', shortCode: 'CO', colour: 0 },
  label: { id: 'TLP:CLEAR', rank: 0, colours: { text: '#FFFFFF', background: '#000000' }, meaning: '' },
  starred: false,
  archived: false,
  visitedAt: null,
  template: false,
  can: { rename: true, archive: true, createBelow: true },
})

const shape = (nodes: DocumentNode[]): string =>
  nodes.map((node) => node.row.id + (node.children.length > 0 ? `(${shape(node.children)})` : '')).join(' ')

describe('treeOf', () => {
  it('nests in the order given', () => {
    expect(shape(treeOf([row('a'), row('b', 'a'), row('c', 'b'), row('d', 'a'), row('e')]))).toBe(
      'a(b(c) d) e',
    )
  })

  it('puts a row whose parent is not shown at the top, without a gap', () => {
    expect(shape(treeOf([row('a'), row('b', 'hidden'), row('c', 'b')]))).toBe('a b(c)')
  })

  it('loses nothing and ends when parents form a ring', () => {
    const nodes = treeOf([row('a', 'b'), row('b', 'a'), row('c', 'c'), row('d', 'a')])
    expect(nodes.flatMap(idsBelow).sort()).toEqual(['a', 'b', 'c', 'd'])
  })
})
