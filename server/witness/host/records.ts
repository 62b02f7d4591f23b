import type { BundleLine } from '@/lib/audit/bundle'
import { eventLines } from '@/server/audit/bundle/event-lines'
import { workspaceOf } from '@/server/audit/sealing/quorum'
import { readNewest } from '@/server/witness/host/offered'
import { type Handle, NOT_FOUND, sizeIn, unreadable } from '@/server/witness/host/reply'
import { watchedTree } from '@/server/witness/host/trees'

/** Indexes of one request. */
const WINDOW = 4_096

/**
 * What the agency may see of the events [from, to) of a tree, as lines of a bundle: `records?origin=…&from=…&to=…`. On record with its
 * counts, committed before the first byte leaves.
 */
export const answerRecords: Handle = async (asked) => {
  const { services, witness, query } = asked
  const [from, to] = [sizeIn(query, 'from'), sizeIn(query, 'to')]
  if (from === null || to === null || to <= from || to - from > WINDOW)
    return unreadable(`Say from and to, at most ${WINDOW} apart.`)
  const tree = await watchedTree(asked, query.get('origin') ?? '')
  const newest = tree === null ? null : await readNewest(services.db, tree)
  if (tree === null || newest === null || to > newest.size) return NOT_FOUND
  const scope = { kind: 'agency', orgId: witness.orgId } as const
  const lines = await services.db.transaction(async (tx) => {
    const found = await eventLines(tx, services.personKeys, { tree, scope }, from, to)
    // What tells of a mirror alone would be fetched, and told of, for ever.
    if (found.every(tellsOfMirror)) return []
    const workspaceId = workspaceOf(tree)
    services.recorder.append(tx, {
      type: 'record.mirrored',
      outcome: 'allowed',
      actor: { personId: null, orgId: witness.orgId, sessionId: null },
      object: { ...(workspaceId === null ? {} : { workspaceId }), targetId: witness.id },
      volume: { events: found.filter(({ kind }) => kind === 'event').length, from, to },
    })
    return found
  })
  return {
    status: 200,
    body: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    type: 'application/jsonl; charset=utf-8',
  }
}

const tellsOfMirror = (line: BundleLine): boolean =>
  line.kind === 'event' && (JSON.parse(line.canonical) as { type?: string }).type === 'record.mirrored'
