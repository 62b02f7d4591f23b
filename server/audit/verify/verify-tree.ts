import { leafHash } from '@/lib/audit/chain'
import { isWorkspacePolicy } from '@/lib/audit/event-kinds'
import { type Edge, EMPTY_EDGE, edgeBytes, edgeRoot, growEdge } from '@/lib/audit/tree/edge'
import type { RecordFault } from '@/server/audit/verify/fault'
import type { SignedHead } from '@/server/audit/verify/signed-heads'
import type { Reader } from '@/server/db/client'

const BATCH = 1024
const TILE_BITS = 8

interface StoredLeaf {
  index: number
  event_id: string
  leaf_hash: Buffer
  canonical: string | null
  writer: string | null
  writer_seq: number | null
  /** What is repeated of the text for searching, in the order of `saidIn`. */
  repeated: (string | null)[]
  /**
   * Whether the agencies that may audit it are those of its section and document. A section's never changes; a document's does once,
   * which is on record.
   */
  theirs: boolean
  /** In a month whose events lie in a file, or were dropped: its hash is kept, its text is not here. */
  moved: boolean
}

/**
 * Computes a whole tree again from the canonical texts of its events, and compares leaves, tiles, every signed head and the edge on
 * the way. Reads in batches; memory does not grow with the tree.
 * @param heads what was signed, by size
 * @param known events (`placeOf`) whose bad link is on record already
 * @returns how many events it looked at, and the first fault
 */
export async function verifyTree(
  reader: Reader,
  tree: string,
  heads: AsyncIterator<SignedHead>,
  known: ReadonlySet<string>,
): Promise<{ events: number; fault: RecordFault | null }> {
  const { size, edge: stored, next, ordered } = await readExtent(reader, tree)
  const inOrder: Order = { lastSeq: new Map(), from: ordered, known, hidden: null }
  const walk = startWalk(tree, heads)
  let fault: RecordFault | null = null
  let events = 0
  while (fault === null && events < size) {
    const leaves = await readLeaves(reader, tree, events, Math.min(size, events + BATCH))
    fault = firstBadLeaf(tree, leaves, events, Math.min(BATCH, size - events), inOrder)
    const good = fault?.index === undefined ? leaves : leaves.slice(0, fault.index - events)
    const unsigned = await walk.add(good.map((leaf) => leaf.leaf_hash))
    const tile = await firstBadTile(reader, tree, good, events, walk.headsOfTiles())
    // A tile names the leaf itself, a signed head only the leaves that it covers.
    const isExact = tile !== null && (unsigned === null || (tile.index ?? 0) < (unsigned.until ?? 0))
    fault = (isExact ? tile : unsigned) ?? fault
    events += good.length
  }
  fault ??= (await walk.end(size)) ?? inOrder.hidden
  if (fault === null && (next !== size || !edgeBytes(walk.edge()).equals(stored)))
    fault = { why: 'head', tree, index: Math.min(size, next) }
  return { events, fault }
}

interface Extent {
  size: number
  edge: Buffer
  /** One more than the last index of the log. */
  next: number
  /** From this index on events of one writer stand in their order: before the first checkpoint older versions ordered by time. */
  ordered: number
}

const readExtent = async (reader: Reader, tree: string): Promise<Extent> => {
  const { rows } = await reader.query<Extent>(
    `select coalesce(h.size, 0) as size, coalesce(h.edge, ''::bytea) as edge,
       (select coalesce(max(index) + 1, 0) from audit_log where tree = $1) as next,
       (select coalesce(min(size), 9007199254740991) from audit_checkpoints where tree = $1) as ordered
     from (select 1) one left join audit_heads h on h.tree = $1`,
    [tree],
  )
  return rows[0] as Extent
}

/** How an event is called among those whose bad link is known. */
export const placeOf = (writer: string, seq: number): string => `${writer} ${seq}`

const readLeaves = async (reader: Reader, tree: string, from: number, until: number) =>
  (
    await reader.query<StoredLeaf>(
      `select l.index, l.event_id, l.leaf_hash, i.canonical, i.writer, i.writer_seq,
         array[i.type, i.outcome, i.rule, i.actor_person_id::text, i.actor_org_id::text, i.workspace_id::text,
           i.document_id::text, i.section_id::text, (extract(epoch from i.at) * 1000)::int8::text, i.is_policy::text]
           as repeated,
         i.originator_org_id is not distinct from s.originator_org_id and (i.owner_org_id is not distinct from d.owner_org_id
           or exists (select 1 from audit_inbox h where h.document_id = d.id and h.type = 'document.handed_over')) as theirs,
         i.id is null and exists (select 1 from audit_segments s where s.tree = l.tree and s.state in ('cold', 'dropped')
           and l.index between s.first_index and s.last_index) as moved
       from audit_log l left join audit_inbox i on i.id = l.event_id
       left join sections s on s.id = i.section_id
       left join documents d on d.id = i.document_id
       where l.tree = $1 and l.index >= $2 and l.index < $3 order by l.index`,
      [tree, from, until],
      'verify leaves',
    )
  ).rows

interface Order {
  lastSeq: Map<string, number>
  from: number
  known: ReadonlySet<string>
  /** The first event that is what its leaf says and is not found as it: told where nothing else is wrong. */
  hidden: RecordFault | null
}

const firstBadLeaf = (
  tree: string,
  leaves: readonly StoredLeaf[],
  from: number,
  count: number,
  order: Order,
): RecordFault | null => {
  for (let i = 0; i < count; i++) {
    const [leaf, index] = [leaves[i], from + i]
    if (leaf === undefined || leaf.index !== index) return { why: 'lacking', tree, index }
    const { canonical, writer, writer_seq: seq, event_id: eventId } = leaf
    if (leaf.moved) continue
    if (canonical === null || writer === null || seq === null) return { why: 'gone', tree, index, eventId }
    if (!leafHash(canonical).equals(leaf.leaf_hash)) return { why: 'changed', tree, index, eventId }
    if (!leaf.theirs || !saysTheSame(leaf.repeated, canonical))
      order.hidden ??= { why: 'changed', tree, index, eventId }
    const last = order.lastSeq.get(writer) ?? 0
    if (seq <= last && index >= order.from && !order.known.has(placeOf(writer, seq)))
      return { why: 'reordered', tree, index, eventId, writer, seq }
    order.lastSeq.set(writer, Math.max(last, seq))
  }
  return null
}

/** Entries are found by columns that repeat their text: whoever changes one hides an entry, and leaves its hash as it is. */
const saysTheSame = (repeated: readonly (string | null)[], canonical: string): boolean => {
  try {
    const said = saidIn(JSON.parse(canonical))
    return repeated.every((value, i) => value === said[i])
  } catch {
    return false
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a text of any shape, of which absent members are null
const saidIn = ({ type, outcome, decision, actor, object, at }: any): (string | null)[] =>
  [
    type,
    outcome,
    decision?.rule,
    actor?.person,
    actor?.org,
    object?.workspace,
    object?.document,
    object?.section,
    String(Date.parse(at)),
    String(isWorkspacePolicy(type, object ?? {})),
  ].map((value) => value ?? null)

/** Tiles that end within this batch, against the leaves that were just read. */
const firstBadTile = async (
  reader: Reader,
  tree: string,
  leaves: readonly StoredLeaf[],
  from: number,
  computed: ReadonlyMap<string, Uint8Array>,
): Promise<RecordFault | null> => {
  const until = from + leaves.length
  const { rows } = await reader.query<{ level: number; index: number; hashes: Buffer; head: Buffer }>(
    `select level, index, hashes, head from audit_tiles where tree = $1 and level = 0 and index >= $2 and index < $3
     order by index`,
    [tree, Math.floor(from / 256), Math.floor(until / 256)],
    'verify tiles',
  )
  for (const { index, hashes, head } of rows) {
    for (let i = Math.max(0, from - index * 256); i < 256; i++) {
      const leaf = leaves[index * 256 + i - from]
      if (leaf && !leaf.leaf_hash.equals(hashes.subarray(i * 32, i * 32 + 32)))
        return { why: 'changed', tree, index: index * 256 + i, eventId: leaf.event_id }
    }
    const own = computed.get(`${TILE_BITS}/${index}`)
    if (own && Buffer.compare(own, head) !== 0)
      return { why: 'changed', tree, index: index * 256, until: (index + 1) * 256 }
  }
  const expected = Math.floor(until / 256) - Math.floor(from / 256)
  if (rows.length < expected) return { why: 'head', tree, index: Math.floor(from / 256) * 256 }
  return null
}

/** Appends leaves and stops at each signed size on the way. */
const startWalk = (tree: string, heads: AsyncIterator<SignedHead>) => {
  let edge: Edge = EMPTY_EDGE
  let tiles = new Map<string, Uint8Array>()
  let lastGood = 0
  let next: SignedHead | null | undefined
  const peek = async (): Promise<SignedHead | null> => {
    if (next === undefined) {
      const step = await heads.next()
      next = step.done ? null : step.value
    }
    return next
  }
  const append = (leaves: readonly Uint8Array[]) => {
    const grown = growEdge(edge, leaves)
    edge = grown.edge
    for (const { level, index, hash } of grown.tiles) tiles.set(`${level}/${index}`, hash)
  }
  const compare = (head: SignedHead): RecordFault | null => {
    if (Buffer.compare(edgeRoot(edge), head.root) !== 0)
      return { why: 'unsigned', tree, index: lastGood, until: head.size }
    if (!head.holds) return { why: 'signature', tree, index: lastGood, until: head.size }
    lastGood = head.size
    next = undefined
    return null
  }
  return {
    edge: () => edge,
    /** Heads of the tiles that the last leaves completed. */
    headsOfTiles: () => tiles,
    async add(leaves: readonly Uint8Array[]): Promise<RecordFault | null> {
      tiles = new Map()
      let at = 0
      for (;;) {
        const head = await peek()
        if (head === null || head.size > edge.size + leaves.length - at) break
        const until = at + head.size - edge.size
        append(leaves.slice(at, until))
        at = until
        const fault = compare(head)
        if (fault) return fault
      }
      append(leaves.slice(at))
      return null
    },
    /** What was signed and is larger than the tree. */
    async end(size: number): Promise<RecordFault | null> {
      const head = await peek()
      return head !== null && head.size > size ? { why: 'shrunk', tree, index: size, until: head.size } : null
    },
  }
}
