import { parseNote } from '@/lib/audit/signed-note'
import { formatAddCheckpoint } from '@/lib/witness/add-checkpoint'
import type { WatchedTrees } from '@/lib/witness/host-answers'
import { originOf } from '@/server/audit/log-key'
import { readTreesOf } from '@/server/audit/sealing/quorum'
import { readConsistencyProof } from '@/server/audit/tree-reader'
import { type Offer, readCheckpoint, readNewest, readOffers, readStands } from '@/server/witness/host/offered'
import { type Asked, type Handle, NOT_FOUND, sizeIn, unreadable } from '@/server/witness/host/reply'

/**
 * The tree that an origin names, if the witness's organisation takes part in it now. Another one's and none at all are told
 * apart by nothing.
 */
export const watchedTree = async (
  { services, witness, log, at }: Asked,
  origin: string,
): Promise<string | null> => {
  const trees = await readTreesOf(services.db, witness.orgId, at)
  return trees.find((tree) => originOf(log.name, tree) === origin) ?? null
}

/** Every tree that the organisation takes part in, with the checkpoint that is offered now and where the witness stands. */
export const answerTrees: Handle = async ({ services: { db }, witness, log, at }) => {
  const trees = await readTreesOf(db, witness.orgId, at)
  const [offers, stands] = [await readOffers(db, trees, at), await readStands(db, witness.id, trees)]
  const answer: WatchedTrees = {
    witness: witness.key.name,
    logKeys: log.keys,
    trees: trees.flatMap((tree) => {
      const [offer, signed] = [offers.get(tree), stands.get(tree) ?? null]
      if (offer === undefined) return []
      return [{ origin: originOf(log.name, tree), size: Math.max(offer.size, signed ?? 0), signed }]
    }),
  }
  return { status: 200, body: JSON.stringify(answer), type: 'application/json' }
}

/** The body of a C2SP add-checkpoint request, from the size where the witness says that it stands. */
export const answerCheckpoint: Handle = async (asked) => {
  const { services, witness, at, query } = asked
  const old = sizeIn(query, 'old')
  if (old === null) return unreadable('Say the old size.')
  const tree = await watchedTree(asked, query.get('origin') ?? '')
  const offer = tree === null ? null : await offerFrom(asked, tree, old)
  if (tree === null || offer === null) return NOT_FOUND
  const stands = (await readStands(services.db, witness.id, [tree])).get(tree) ?? null
  if (offer.size === old && stands === old) return { status: 204 }
  const proof = old <= offer.size ? await readConsistencyProof(services.db, tree, old, offer.size) : []
  services.log.debug({ tree, old, size: offer.size, at }, 'a checkpoint is offered to a witness')
  return {
    status: 200,
    body: formatAddCheckpoint({ old, proof, note: parseNote(offer.note) }),
    type: 'text/plain; charset=utf-8',
  }
}

/** What is offered to all now; to a witness that is further, what it has or the newest that there is. */
const offerFrom = async (
  { services: { db }, at }: Asked,
  tree: string,
  old: number,
): Promise<Offer | null> => {
  const offer = (await readOffers(db, [tree], at)).get(tree) ?? null
  if (offer === null || offer.size >= old) return offer
  return (await readCheckpoint(db, tree, old)) ?? (await readNewest(db, tree))
}
