import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { type BundleEvent, type BundleLine, bundleLine, LEAVES_A_LINE } from '@/lib/audit/bundle'
import { canonicalRecord } from '@/lib/audit/canonical'
import { CHAIN_START, chainHash, leafHash } from '@/lib/audit/chain'
import { checkpointText } from '@/lib/audit/checkpoint'
import { commitmentTo } from '@/lib/audit/commitment'
import type { EventDraft } from '@/lib/audit/event'
import {
  cosignNote,
  encodeVerifierKey,
  formatNote,
  type SignerKey,
  signerKey,
  signNote,
} from '@/lib/audit/signed-note'
import { EMPTY_EDGE, edgeRoot, growEdge } from '@/lib/audit/tree/edge'

const digest = (of: string): Buffer => createHash('sha256').update(of).digest()
/** The same at every call: what is written twice need not be kept. */
const idOf = (kind: string, n: number): string => {
  const hex = digest(`${kind} ${n}`).toString('hex')
  return `01a22cd8-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-8${hex.slice(7, 10)}-${hex.slice(10, 22)}`
}

const [PEOPLE, ORGS, DOCUMENTS, SECTIONS, WRITERS, ROWS] = [200, 4, 40, 400, 4, 3]
const BEGUN = Date.parse('2026-01-05T08:00:00Z')
const HOST = 'liaison.example'
const TREE = `workspace:${idOf('workspace', 0)}`
/** As unevenly as in use; every seventh event is the end of a run of edits. */
const TYPES = [
  'section.opened',
  'section.closed',
  'section.opened',
  'section.edit_closed',
  'document.viewed',
  'section.edited',
  'section.closed',
] as const

const ids = (kind: string, count: number) => Array.from({ length: count }, (_, n) => idOf(kind, n))
const names = {
  person: ids('person', PEOPLE),
  org: ids('org', ORGS),
  session: ids('session', PEOPLE),
  document: ids('document', DOCUMENTS),
  section: ids('section', SECTIONS),
}
const at = (list: readonly string[], n: number): string => list[n % list.length] as string

interface MadeEvent {
  canonical: string
  clear: BundleEvent['clear']
  updates: Extract<BundleLine, { kind: 'updates' }> | null
}

/** The n-th event of an invented record, with the members, values and lengths that the server's have. */
const eventOf = (n: number): MadeEvent => {
  const type = TYPES[n % TYPES.length] as (typeof TYPES)[number]
  const person = (n * 7919) % PEOPLE
  const [document, section] = [at(names.document, n), at(names.section, n)]
  const workspaceId = TREE.slice('workspace:'.length)
  const orgId = at(names.org, person)
  const burst = idOf('burst', n)
  const when = BEGUN + n * 31
  const decided = type === 'section.opened' || type === 'document.viewed'
  const hashes = Buffer.concat(Array.from({ length: ROWS }, (_, row) => digest(`row ${n} ${row}`)))
  const draft: EventDraft = {
    type,
    outcome: 'allowed',
    actor: { personId: at(names.person, person), orgId, sessionId: at(names.session, person) },
    object: {
      workspaceId,
      documentId: document,
      ...(type === 'document.viewed' ? {} : { sectionId: section }),
    },
    correlation: burst,
    ...(decided && {
      decision: {
        rule: 'R7',
        level: 'edit',
        rows: [idOf('participation', person % ORGS), idOf('membership', person)],
        asked: { ask: 'level', at: when, section, needs: 'read', strength: 1 },
      },
    }),
    ...(type === 'section.edit_closed' && {
      volume: { rows: ROWS, frames: 12, bytes: 480, deleted_own: 3, deleted_others: 0 },
      details: {
        updates: {
          count: ROWS,
          from: n + 1,
          to: n + ROWS,
          hash: createHash('sha256').update(hashes).digest('hex'),
        },
      },
    }),
  }
  const salt = digest(`salt ${n}`).subarray(0, 16)
  const address = `192.0.2.${person}`
  const commitments = decided ? { address: commitmentTo(salt, address) } : {}
  return {
    canonical: canonicalRecord(draft, { id: idOf('event', n), at: new Date(when), commitments }),
    clear: decided ? [{ field: 'address', salt: salt.toString('hex'), value: JSON.stringify(address) }] : [],
    updates:
      type === 'section.edit_closed'
        ? { kind: 'updates', section, burst, from: n + 1, hashes: hashes.toString('base64') }
        : null,
  }
}

const headLines = (size: number, root: Uint8Array): BundleLine[] => {
  const key = (name: string, type: SignerKey['type']) => signerKey(name, digest(name), type)
  const log = key(HOST, 'ed25519')
  const witnesses = names.org
    .slice(1)
    .map((org, n) => ({ org, key: key(`witness.example/${n}`, 'cosignature') }))
  const text = checkpointText({ origin: `${HOST}/${TREE.replace(':', '/')}`, size, root, extensions: [] })
  const when = BEGUN + size * 31 + 1_000
  const signatures = [signNote(text, log), ...witnesses.map((one) => cosignNote(text, one.key, when))]
  return [
    { kind: 'bundle', v: 1, made: new Date(when).toISOString(), origin: HOST, scope: 'whole' },
    {
      kind: 'key',
      role: 'log',
      key: encodeVerifierKey(log),
      from: new Date(BEGUN).toISOString(),
      until: null,
    },
    ...witnesses.map(
      (one): BundleLine => ({ kind: 'key', role: 'witness', org: one.org, key: encodeVerifierKey(one.key) }),
    ),
    { kind: 'quorum', tree: TREE, host: at(names.org, 0), of: names.org.slice(1), needed: 2 },
    { kind: 'checkpoint', tree: TREE, note: formatNote({ text, signatures }) },
  ]
}

/**
 * Writes a whole, sealed bundle of `size` events of an invented workspace: four writers with their chains, opened addresses,
 * stored rows of edits, a head that three agencies have co-signed. Events are made twice, for their leaves and for their
 * lines, so that memory holds nothing but the leaves.
 */
export const writeBigBundle = async (path: string, size: number): Promise<void> => {
  const out = createWriteStream(path, { highWaterMark: 1 << 22 })
  let text = ''
  const put = async (line: BundleLine) => {
    text += bundleLine(line)
    if (text.length < 1 << 20) return
    const full = !out.write(text)
    text = ''
    if (full) await once(out, 'drain')
  }
  const leaves = Buffer.alloc(size * 32)
  for (let n = 0; n < size; n++) leafHash(eventOf(n).canonical).copy(leaves, n * 32)
  const each = function* () {
    for (let n = 0; n < size; n++) yield leaves.subarray(n * 32, n * 32 + 32)
  }
  for (const line of headLines(size, edgeRoot(growEdge(EMPTY_EDGE, each()).edge))) await put(line)
  for (let from = 0; from < size; from += LEAVES_A_LINE) {
    const hashes = leaves.subarray(from * 32, (from + LEAVES_A_LINE) * 32).toString('base64')
    await put({ kind: 'leaves', tree: TREE, from, hashes })
  }
  const chains = Array.from({ length: WRITERS }, () => CHAIN_START)
  for (let n = 0; n < size; n++) {
    const { canonical, clear, updates } = eventOf(n)
    const { seq, hash } = chains[n % WRITERS] ?? CHAIN_START
    chains[n % WRITERS] = { seq: seq + 1, hash: chainHash(hash, canonical) }
    const prev = Buffer.from(hash).toString('hex')
    await put({
      kind: 'event',
      tree: TREE,
      index: n,
      writer: `node-a-5f0c2a.${n % WRITERS}`,
      seq: seq + 1,
      prev,
      canonical,
      clear,
    })
    if (updates !== null) await put(updates)
  }
  await put({ kind: 'end', events: size, leaves: size })
  out.end(text)
  await once(out, 'finish')
}
