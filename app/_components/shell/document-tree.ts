import type { Id } from '@/lib/ids'
import type { DocumentRowView } from '@/lib/views/workspace'

export interface DocumentNode {
  row: DocumentRowView
  children: DocumentNode[]
}

/**
 * The rows as a tree, in their order. A row whose parent is not among them (hidden from this viewer, or archived) stands
 * at the top, so that nothing is lost and no gap tells of what is hidden. A cycle cannot hang it: its rows stand at the
 * top too.
 */
export const treeOf = (rows: readonly DocumentRowView[]): DocumentNode[] => {
  const nodes = new Map<Id, DocumentNode>(rows.map((row) => [row.id, { row, children: [] }]))
  const roots: DocumentNode[] = []
  for (const node of nodes.values()) {
    const parent = node.row.parentId === null ? undefined : nodes.get(node.row.parentId)
    if (parent === undefined || isBelow(nodes, parent.row, node.row.id)) roots.push(node)
    else parent.children.push(node)
  }
  return roots
}

/** Whether `id` is among the parents of `row` (or is it). Ends even when parents form a ring. */
const isBelow = (nodes: Map<Id, DocumentNode>, row: DocumentRowView, id: Id): boolean => {
  const seen = new Set<Id>()
  let current: DocumentRowView | undefined = row
  while (current !== undefined && !seen.has(current.id)) {
    if (current.id === id) return true
    seen.add(current.id)
    current = current.parentId === null ? undefined : nodes.get(current.parentId)?.row
  }
  return false
}

/** A node and everything below it, as ids: where a document must not be moved. */
export const idsBelow = ({ row, children }: DocumentNode): Id[] => [row.id, ...children.flatMap(idsBelow)]
