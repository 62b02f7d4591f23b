/**
 * The first thing in a tree, or in a writer's chain, that does not hold.
 * - lacking: the log has no event at this index
 * - gone: the log has its leaf, but the event itself is not there
 * - changed: the event is not what the leaf, or the tile, was made of
 * - reordered: it stands behind an event that its writer wrote later
 * - unsigned: the events from `index` up to `until` do not give the head that was signed
 * - signature: that checkpoint is not signed by a key of this installation
 * - head: the tree's size or edge is not that of its events
 * - shrunk: there are fewer events than were signed
 * - chain: an event does not follow the one that its writer wrote before
 * - unplaced: an accepted event is in no tree and on no list
 * - file_gone: the files of a month that has left the database, `index` up to `until`, are not there
 * - file_changed: one of them is not what was written, or not what the leaves say
 */
export type FaultKind =
  | 'lacking'
  | 'gone'
  | 'changed'
  | 'reordered'
  | 'unsigned'
  | 'signature'
  | 'head'
  | 'shrunk'
  | 'chain'
  | 'unplaced'
  | 'file_gone'
  | 'file_changed'

export interface RecordFault {
  why: FaultKind
  tree?: string
  /** From 0 on. */
  index?: number
  /** Where the exact index cannot be told: it is from `index` on and below this. */
  until?: number
  writer?: string
  seq?: number
  eventId?: string
}
