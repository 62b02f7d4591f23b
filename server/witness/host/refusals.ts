import { parseCheckpoint } from '@/lib/audit/checkpoint'
import type { Json } from '@/lib/audit/event'
import {
  MalformedNote,
  parseNote,
  parseVerifierKey,
  toBase64,
  verifySignature,
} from '@/lib/audit/signed-note'
import { readRefusalReport } from '@/lib/witness/host-answers'
import { workspaceOf } from '@/server/audit/sealing/quorum'
import { beginWarning } from '@/server/audit/sealing/warnings'
import { type Handle, NOT_FOUND, unreadable } from '@/server/witness/host/reply'
import { tellOfRecord } from '@/server/witness/host/tell'
import { watchedTree } from '@/server/witness/host/trees'

/**
 * A witness says why it does not sign. On record and told once, until it signs this tree again; whoever keeps the record cannot
 * take that back, and the witness keeps both notes itself.
 */
export const takeRefusal: Handle = async (asked) => {
  const report = readRefusalReport(asked.body)
  if (report === null) return unreadable('This report cannot be read.')
  const tree = await watchedTree(asked, report.origin)
  if (tree === null) return NOT_FOUND
  const { services, witness, at, log } = asked
  const details = {
    why: report.why,
    name: witness.key.name,
    signed: noted(report.seen, log.keys),
    shown: noted(report.shown, log.keys),
  }
  await services.db.transaction(async (tx) => {
    if (!(await beginWarning(tx, { tree, why: 'refused', witnessId: witness.id }, details, at))) return
    const workspaceId = workspaceOf(tree)
    services.recorder.append(tx, {
      type: 'witness.refused',
      outcome: 'allowed',
      actor: { personId: null, orgId: witness.orgId, sessionId: null },
      object: { ...(workspaceId === null ? {} : { workspaceId }), targetId: witness.id },
      details,
    })
    await tellOfRecord(tx, tree, 'record.refused', at, witness.id)
  })
  return { status: 204 }
}

/** What a note says, in fields of ours: its text comes from outside. Null for none, or one that cannot be read. */
const noted = (note: string | null, keys: readonly string[]): Json => {
  if (note === null) return null
  try {
    const { text, signatures } = parseNote(note)
    const { size, root } = parseCheckpoint(text)
    const ours = keys.map(parseVerifierKey)
    const byLog = signatures.some((one) => ours.some((key) => verifySignature(text, one, key).holds))
    return { size, root: toBase64(root), byLog }
  } catch (problem) {
    if (problem instanceof MalformedNote) return null
    throw problem
  }
}
