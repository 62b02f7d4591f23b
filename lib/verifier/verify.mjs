#!/usr/bin/env node
/**
 * Checks a bundle of a record (docs/verifier.md): node verify.mjs bundle.jsonl [--from file] [--save file] [--replay] [--json]
 * One file, offline, no dependencies, written apart from the server that it judges. Exit 0: it holds; 1: it was tampered
 * with; 2: something is missing. The same file runs in a browser, with SHA-256 and Ed25519 handed in.
 * Standards: RFC 6962 (tree), C2SP signed-note, tlog-checkpoint, tlog-cosignature (heads and their signatures).
 */
/** WINDOW: links of a writer are compared with neighbours at most so many events away, so that memory stays bounded. */
const [LISTED, LONGEST_LINE, WINDOW] = [50, 1 << 26, 1 << 16]
const [ZERO, NONE, INNER] = ['0'.repeat(64), new Uint8Array(0), Uint8Array.of(1)]
const [B, utf8, fatal] = [globalThis.Buffer, new TextEncoder(), new TextDecoder('utf-8', { fatal: true })]
const HEX = Array.from({ length: 256 }, (_, i) => i.toString(16).padStart(2, '0'))
const unbase64 = (text) => (B ? B.from(text, 'base64') : Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)))
const unhex = (text) => (B ? B.from(text, 'hex') : Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
const hex = (bytes, from = 0, to = bytes.length) =>
  bytes instanceof (B ?? Stop) ? bytes.toString('hex', from, to) : Array.from(bytes.subarray(from, to), (byte) => HEX[byte]).join('')
const blank = (length) => (B ? B.alloc(length) : new Uint8Array(length))
const concat = (...parts) => {
  let [all, end] = [blank(parts.reduce((sum, part) => sum + part.length, 0)), 0]
  for (const part of parts) end = all.set(part, end) ?? end + part.length
  return all
}
class Stop extends Error {}
const isCount = (n) => Number.isSafeInteger(n) && n >= 0

/** "<name>+<id>+<base64 of type and key>". Null for what is no key, or has another's id. */
const parseKey = (text, { sha256 }) => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? []
  const bytes = unbase64(encoded ?? '')
  if (name === undefined || bytes.length !== 33 || (bytes[0] !== 1 && bytes[0] !== 4)) return null
  if (hex(sha256(concat(utf8.encode(`${name}\n`), bytes))).slice(0, 8) !== id) return null
  return { name, id, type: bytes[0], publicKey: Uint8Array.from(bytes.subarray(1)) }
}

/** A signed note that is a checkpoint: its text and its lines of signatures. Null for anything else. */
const parseCheckpoint = (note) => {
  const end = typeof note === 'string' ? note.lastIndexOf('\n\n') : -1
  if (end < 0) return null
  const text = note.slice(0, end + 1)
  const [origin, size, root] = text.split('\n')
  const lines = note.slice(end + 2).split('\n')
  const signatures = lines.slice(0, -1).map((line) => {
    const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? []
    const bytes = unbase64(encoded ?? '')
    return bytes.length < 5 ? null : { name, id: hex(bytes.subarray(0, 4)), bytes: bytes.subarray(4) }
  })
  const hash = unbase64(root ?? '')
  if (!/^(0|[1-9]\d{0,15})$/.test(size ?? '') || hash.length !== 32 || signatures.includes(null)) return null
  return { text, origin, size: Number(size), root: hex(hash), signatures }
}

/** Does this signature hold? Of a cosignature also the moment that it names, in milliseconds. */
const checkSignature = (text, { bytes }, key, { ed25519 }) => {
  if (key.type === 1) return { holds: bytes.length === 64 && ed25519(key.publicKey, utf8.encode(text), bytes), at: null }
  if (bytes.length !== 72) return { holds: false, at: null }
  const seconds = bytes.subarray(0, 8).reduce((sum, byte) => sum * 256 + byte, 0)
  const said = utf8.encode(`cosignature/v1\ntime ${seconds}\n${text}`)
  return { holds: ed25519(key.publicKey, said, bytes.subarray(8)), at: seconds * 1000 }
}

/** Roots of the first n leaves for every n asked for (RFC 6962 section 2.1), in one pass. */
const rootsOf = (leaves, sizes, { sha256 }) => {
  const node = new Uint8Array(65).fill(1)
  const join = (left, right) => {
    node.set(left, 1)
    node.set(right, 33)
    return sha256(node)
  }
  const roots = new Map(sizes.has(0) ? [[0, hex(sha256(NONE))]] : [])
  const edge = []
  for (let n = 0; n < Math.min(Math.max(0, ...sizes), leaves.length / 32); n++) {
    let hash = leaves.subarray(n * 32, n * 32 + 32)
    for (let k = n; k & 1; k >>= 1) hash = join(edge.pop(), hash)
    edge.push(hash)
    if (sizes.has(n + 1)) roots.set(n + 1, hex(edge.reduceRight((right, left) => join(left, right))))
  }
  return roots
}

/** The root that follows from a leaf and its audit path (RFC 9162 section 2.1.3.2), or null. */
const rootOfPath = (leaf, index, size, path, { sha256 }) => {
  let [at, last, hash] = [index, size - 1, leaf]
  for (const step of path) {
    if (last === 0) return null
    if (at % 2 === 1 || at === last) {
      hash = sha256(concat(INNER, step, hash))
      while (at % 2 === 0 && at !== 0) [at, last] = [at / 2, Math.floor(last / 2)]
    } else hash = sha256(concat(INNER, hash, step))
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? hex(hash) : null
}

/** What is checked of a record, read off its text (RFC 8785), which is half the work of parsing it. Null where that leaves a doubt. */
export const glance = (text) => {
  const [head, at, commitments] = /^\{"actor":\{[^{}]*\},"at":"([^"]*)",(?:"commitments":(\{[^{}]*\}),)?/.exec(text) ?? []
  if (head === undefined || text.includes('\\') || text.includes('"commitments":', head.length)) return null
  const [, type] = /^"type":"([^"]*)","v":1(?:,"volume":\{[^{}]*\})?\}$/.exec(text.slice(text.lastIndexOf('"type":"'))) ?? []
  return type === undefined || type === 'section.edit_closed' ? null : { v: 1, at, type, commitments: commitments && JSON.parse(commitments) }
}

/**
 * @param crypto { sha256(bytes) → 32 bytes, ed25519(publicKey, message, signature) → boolean }, and sha256hex if that is quicker
 * @param saved what an earlier run gave as `save`; @param replay what `createReplay` of replay.mjs made, or null
 * @returns write(bytes) for every piece of the file, then end() → the report
 */
export const createVerifier = (crypto, { saved = null, replay = null } = {}) => {
  const { sha256, sha256hex = (bytes) => hex(sha256(bytes)) } = crypto
  const report = { verdict: 'ok', problems: [], more: 0, trees: [], events: 0, opened: 0, closed: 0, bursts: 0, lines: 0 }
  const [trees, writers, bursts, keys] = [new Map(), new Map(), new Map(), []]
  let [origin, scope, ended, stopped, rest, scratch] = [null, null, false, false, NONE, blank(1 << 16)]
  let [near, older, links] = [new Map(), new Map(), 0]

  const problem = (verdict, tree, index, why) => {
    if (report.verdict !== 'tampered') report.verdict = verdict
    if (report.problems.length < LISTED) report.problems.push({ verdict, tree, index, line: report.lines, why })
    else report.more++
  }
  const bad = (tree, index, why) => problem('tampered', tree, index, why)
  const missing = (tree, index, why) => problem('incomplete', tree, index, why)
  const stop = (verdict, why, tree = null, index = null) => {
    problem(verdict, tree, index, why)
    throw new Stop()
  }
  const treeOf = (name) => {
    if (typeof name !== 'string') stop('tampered', 'a line that names no tree')
    const made = () => ({ name, leaves: NONE, size: 0, heads: [], sizes: new Set(), quorum: null, next: 0, events: 0, proofs: [], at: new Map() })
    if (!trees.has(name)) trees.set(name, made())
    return trees.get(name)
  }

  const take = {
    bundle(line) {
      if (line.v !== 1) stop('incomplete', `version ${line.v} of bundles is not known here: get a newer verifier`)
      ;({ origin, scope } = line)
      Object.assign(report, { origin, scope, made: line.made })
    },
    key(line) {
      const key = parseKey(String(line.key), crypto)
      if (key === null || (key.type === 1) !== (line.role === 'log')) return bad(null, null, 'a key that is not what it says')
      keys.push({ ...line, ...key })
    },
    quorum(line) {
      const [tree, of] = [treeOf(line.tree), new Set(line.of)]
      if (tree.quorum !== null) return bad(line.tree, null, 'whose word seals this tree is said twice')
      tree.quorum = { ...line, of }
      const half = Math.floor(of.size / 2) + 1
      if (of.has(line.host) || of.size !== line.of.length || (of.size > 0 && line.needed !== half))
        bad(line.tree, null, `${line.needed} cosignatures are asked for: not more than half of the agencies besides the host`)
    },
    checkpoint(line) {
      const [tree, head] = [treeOf(line.tree), parseCheckpoint(line.note)]
      if (head === null) return bad(line.tree, null, 'a signed head that is none')
      if (head.origin !== `${origin}/${line.tree.replace(':', '/')}`) bad(line.tree, null, `a signed head of another log: ${head.origin}`)
      if (head.size < (tree.heads.at(-1)?.size ?? 0)) bad(line.tree, null, 'signed heads are not in the order of their sizes')
      tree.heads.push(head)
      tree.sizes.add(head.size)
    },
    leaves(line) {
      const [tree, hashes] = [treeOf(line.tree), unbase64(String(line.hashes))]
      const due = tree.size
      if (line.from !== due || hashes.length % 32 !== 0) stop('tampered', `leaves are not in order: ${line.from}, ${due} was due`, line.tree, due)
      const length = due * 32 + hashes.length
      if (tree.leaves.length < length) tree.leaves = concat(tree.leaves, blank(Math.max(tree.leaves.length, length)))
      tree.leaves.set(hashes, due * 32)
      tree.size = length / 32
    },
    event(line) {
      const { tree: name, index, canonical, seq, prev, proof } = line
      const tree = treeOf(name)
      if (!isCount(index) || !isCount(seq) || typeof canonical !== 'string' || !/^[0-9a-f]{64}$/.test(prev))
        return bad(name, index, 'an event without its parts')
      report.events++
      tree.events++
      if (index < tree.next) return bad(name, index, index === tree.next - 1 ? 'the same index twice' : 'events are not in order')
      if (!proof) checkGap(tree, index)
      tree.next = index + 1
      const size = 32 + canonical.length * 3
      if (scratch.length < size) scratch = blank(size * 2)
      // Before the text: a zero byte in the tree, in its writer's chain the hash of the event before.
      const end = 32 + utf8.encodeInto(canonical, scratch.subarray(32)).written
      scratch[31] = 0
      const leaf = sha256hex(scratch.subarray(31, end))
      if (proof) tree.proofs.push({ index, size: line.size, root: rootOfPath(unhex(leaf), index, line.size, proof.map(unbase64), crypto) })
      else if (index >= tree.size) return bad(name, index, 'this event is in no leaf of the tree: it was put in')
      else if (leaf !== hex(tree.leaves, index * 32, index * 32 + 32))
        return bad(name, index, 'the text is not what the tree was made of: it was changed')
      scratch.set(unhex(prev))
      checkLink(line, sha256hex(scratch.subarray(0, end)))
      const record = (replay === null && glance(canonical)) || JSON.parse(canonical)
      if (record?.v !== 1) stop('incomplete', `version ${record?.v} of records is not known here: get a newer verifier`, name, index)
      checkClear(line, record)
      const updates = record.type === 'section.edit_closed' && record.details?.updates
      if (updates) bursts.set(record.correlation, { ...updates, tree: name, index, section: record.object?.section })
      if (tree.sizes.has(index + 1)) tree.at.set(index + 1, Date.parse(record.at))
      replay?.event(record, name, index)
    },
    updates({ burst, section, from, hashes }) {
      const said = bursts.get(burst)
      if (said === undefined) return bad(null, null, `stored rows of a run of edits (${burst}) that no event commits to`)
      bursts.delete(burst)
      report.bursts++
      const bytes = unbase64(String(hashes))
      const holds = section === said.section && from === said.from && bytes.length === 32 * said.count && hex(sha256(bytes)) === said.hash
      if (!holds) bad(said.tree, said.index, 'the stored rows of this run of edits are not those that the event commits to')
    },
    end(line) {
      ended = true
      const leaves = [...trees.values()].reduce((sum, { size }) => sum + size, 0)
      const said = `the end speaks of ${line.events} events and ${line.leaves} leaves; there are ${report.events} and ${leaves}`
      if (line.events !== report.events || line.leaves !== leaves) missing(null, null, said)
    },
  }

  const checkGap = ({ name, next }, index) => {
    if (scope !== 'whole' || index <= next) return
    missing(name, next, index === next + 1 ? 'this event is not in the bundle' : `events ${next} to ${index - 1} are not in the bundle`)
  }

  /** A writer's events are a chain: each names the hash of the one before it, whichever tree that lies in. */
  const checkLink = ({ tree, index, writer, seq, prev }, hash) => {
    const of = writers.get(writer) ?? { writer, least: seq, most: seq, links: 0 }
    if (of.links++ === 0) writers.set(writer, of)
    ;[of.least, of.most] = [Math.min(of.least, seq), Math.max(of.most, seq)]
    const [own = new Map(), past] = [near.get(writer), older.get(writer)]
    const at = (n) => own.get(n) ?? past?.get(n)
    if (at(seq) !== undefined) return bad(tree, index, `writer ${writer} gave number ${seq} twice`)
    const [before, after] = [seq === 1 ? ZERO : at(seq - 1)?.hash, at(seq + 1)?.prev]
    const side = (before ?? prev) !== prev ? 'before' : (after ?? hash) !== hash ? 'after' : null
    if (side !== null) bad(tree, index, `the chain of writer ${writer} is broken ${side} number ${seq}`)
    if (own.set(seq, { hash, prev: before ?? prev }).size === 1) near.set(writer, own)
    if (++links % WINDOW === 0) [older, near] = [near, new Map()]
  }

  /** Personal values that are opened are those that the record commits to. */
  const checkClear = ({ tree, index, clear = [] }, { commitments = {} }) => {
    for (const { field, salt, value } of clear) {
      const hash = hex(sha256(concat(unhex(String(salt)), utf8.encode(String(value)))))
      if (!Object.hasOwn(commitments, field) || commitments[field] !== hash)
        bad(tree, index, `the value shown as “${field}” is not the one that was recorded`)
    }
    report.opened += clear.length
    report.closed += Object.keys(commitments).length - clear.length
  }

  const takeLine = (bytes) => {
    report.lines++
    const line = JSON.parse(fatal.decode(bytes))
    if (ended) stop('tampered', 'there are lines after the end')
    if ((origin === null) !== (line?.kind === 'bundle')) stop('tampered', 'this is not a bundle, or it does not begin as one')
    if (!Object.hasOwn(take, line.kind)) stop('incomplete', `line ${report.lines} is of a kind that is not known here: get a newer verifier`)
    take[line.kind](line)
  }

  /** Signatures of one type below a head that hold. One of a known key that does not was forged. */
  const signersOf = ({ name }, { text, size, signatures }, type) =>
    signatures.flatMap((signature) => {
      const key = keys.find((one) => one.type === type && one.name === signature.name && one.id === signature.id)
      if (key === undefined) return []
      const { holds, at } = checkSignature(text, signature, key, crypto)
      if (!holds) bad(name, null, `a signature of ${key.name} below the head of ${size} leaves is forged`)
      return holds ? [{ key, org: key.org, at }] : []
    })

  /** One signed head: whether the leaves give it, and who has signed it. @returns null if it does not hold */
  const checkHead = (tree, head, root, held) => {
    const { name, size } = tree
    const [log, by] = [signersOf(tree, head, 1), new Map(signersOf(tree, head, 4).map(({ org, at }) => [org, at]))]
    if (log.length === 0) bad(name, null, `the head of ${head.size} leaves is not signed with a key of the log`)
    for (const { key } of log) {
      const late = key.until !== null && (tree.at.get(head.size) ?? 0) > Date.parse(key.until) + 60_000
      const early = [...by.values()].some((at) => at < Date.parse(key.from) - 300_000)
      if (late || early) bad(name, head.size - 1, `the key below the head of ${head.size} leaves was not the log's at that time`)
    }
    if (root === undefined) missing(name, size, `leaves ${size} to ${head.size - 1} of a signed head are not in the bundle`)
    else if (root !== head.root)
      bad(name, held, `the leaves do not give the signed head of ${head.size}: something from ${held} to ${head.size - 1} is other`)
    if (root !== head.root || log.length === 0) return null
    return { head, by: [...by].filter(([org]) => tree.quorum?.of.has(org)) }
  }

  const finishTree = (tree) => {
    const { name, size, quorum, proofs } = tree
    const [before, of] = [saved?.trees?.[name], quorum?.of ?? new Set()]
    const alone = size === 0 && proofs.length > 0
    const roots = rootsOf(tree.leaves.subarray(0, size * 32), new Set([...tree.sizes, before?.size ?? 0]), crypto)
    let [signed, sealed] = [null, null]
    for (const head of tree.heads) {
      const found = checkHead(tree, head, alone ? head.root : roots.get(head.size), signed?.head.size ?? 0)
      signed = found ?? signed
      if (found !== null && of.size > 0 && found.by.length >= quorum.needed)
        sealed = { size: head.size, by: found.by.length, at: new Date(Math.max(...found.by.map(([, when]) => when))).toISOString() }
    }
    if (signed === null) missing(name, null, 'no signed head holds: nothing of this tree is proved')
    else if (of.size > 0 && sealed === null)
      missing(name, null, `not sealed: signed by ${signed.by.length} of ${of.size} agencies besides the host, ${quorum.needed} are needed`)
    for (const { index, size: among, root } of proofs)
      if (!tree.heads.some((head) => head.size === among && head.root === root))
        bad(name, index, 'this event is not in the tree that was signed: it, or its proof, was changed')
    if (!alone) checkGap({ name, next: tree.next }, size)
    if (before && !alone) {
      if (before.size > size) bad(name, size, `the record is shorter than it was, ${size} leaves and not ${before.size}: it was rolled back`)
      else if (roots.get(before.size) !== before.root)
        bad(name, null, `another history than the one saved: its first ${before.size} leaves are other`)
    }
    const { size: proved = 0, root = null } = signed?.head ?? {}
    const counted = { of: [...of], needed: quorum?.needed ?? null, savedAt: before?.size ?? null, events: tree.events }
    report.trees.push({ tree: name, size: alone ? proved : size, signed: proved, root, sealed, ...counted })
  }

  const finish = () => {
    if (!ended && !stopped) missing(null, null, 'the bundle was cut off: it has no end')
    for (const { tree, index } of bursts.values()) missing(tree, index, 'the stored rows that this run of edits commits to are not in the bundle')
    for (const tree of trees.values()) finishTree(tree)
    report.writers = [...writers.values()].map((of) => ({ ...of, elsewhere: of.most - of.least + 1 - of.links }))
    report.replay = replay?.end() ?? null
    for (const { tree, index, why } of report.replay?.disagreements ?? []) bad(tree, index, why)
    const heads = report.trees.filter(({ root }) => root !== null).map(({ tree, signed, root }) => [tree, { size: signed, root }])
    report.keys = keys.map(({ key, org = 'log' }) => `${org} ${key}`)
    for (const key of saved?.keys ?? []) if (!report.keys.includes(key)) bad(null, null, `a key that was saved is not there any more: ${key}`)
    report.save = { v: 1, origin, keys: report.keys, trees: { ...saved?.trees, ...Object.fromEntries(heads) } }
    return report
  }

  return {
    /** @returns how many lines were read so far */
    write(bytes) {
      try {
        let from = 0
        for (let at = bytes.indexOf(10); at >= 0 && !stopped; at = bytes.indexOf(10, from)) {
          takeLine(rest.length === 0 ? bytes.subarray(from, at) : concat(rest, bytes.subarray(0, at)))
          ;[rest, from] = [NONE, at + 1]
        }
        if (!stopped) rest = concat(rest, bytes.subarray(from))
        if (rest.length > LONGEST_LINE) stop('tampered', `line ${report.lines + 1} is too long`)
      } catch (error) {
        if (!(error instanceof Stop)) bad(null, null, `line ${report.lines} is damaged: it has not the form that it must have`)
        stopped = true
      }
      return report.lines
    },
    end() {
      if (rest.length > 0 && !stopped) missing(null, null, 'the bundle was cut off in the middle of a line')
      return finish()
    },
  }
}

const VERDICT = { ok: 'It holds.', tampered: 'It was tampered with.', incomplete: 'What is here holds, but something is missing.' }
const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`
const placeOf = (tree, index, line) => `${tree ?? `line ${line}`}${index === null ? '' : `, index ${index}`}`

/** A report in words, a line each: the verdict, what is wrong and where, what is proved and what is not. */
export const tell = (report) => [
  `${VERDICT[report.verdict]} Made ${report.made}, ${report.scope === 'whole' ? 'the whole record' : `as ${report.scope} may see it`}.`,
  ...report.problems.map(({ verdict, tree, index, line, why }) => `${verdict}: ${placeOf(tree, index, line)}: ${why}`),
  ...(report.more > 0 ? [`and ${report.more} more`] : []),
  ...report.trees.flatMap(({ tree, size, events, signed, sealed, savedAt, of, needed }) => [
    `${tree}: ${count(size, 'leaf', 'leaves')}, ${count(events, 'event')} shown, signed up to ${signed}`,
    sealed
      ? `  sealed up to ${sealed.size} by ${sealed.by} of ${of.length} (${needed} needed), ${sealed.at}`
      : '  not sealed: only the host vouches for it',
    `  agencies besides the host, to compare with those that you know: ${of.join(', ') || 'none'}`,
    ...(savedAt === null ? [] : [`  goes on from the ${count(savedAt, 'leaf', 'leaves')} that were saved`]),
  ]),
  `${count(report.opened, 'personal value')} as recorded, ${report.closed} not shown; ${count(report.bursts, 'run')} of edits with the hashes of their rows`,
  ...report.writers.map(({ writer, least, most, elsewhere }) => `writer ${writer}: ${least} to ${most}, ${elsewhere} in other trees or not here`),
  ...report.keys.map((key) => `key to compare with the one you were given: ${key}`),
  ...(report.replay?.told ?? []),
  'Not proved: that all that happened was recorded, that the host’s clock was right, and what is not sealed yet.',
]

const builtin = (name) => globalThis.process?.getBuiltinModule?.(`node:${name}`)
const main = async (argv) => {
  const [fs, crypto] = [builtin('fs'), builtin('crypto')]
  const option = (name) => (argv.includes(name) ? argv[argv.indexOf(name) + 1] : undefined)
  const file = argv.find((word, i) => !word.startsWith('--') && !['--from', '--save'].includes(argv[i - 1]))
  if (file === undefined) throw new Error('node verify.mjs bundle.jsonl [--from saved] [--save saved] [--replay] [--json]')
  const spki = (key) => ({ key: B.from(concat(unhex('302a300506032b6570032100'), key)), format: 'der', type: 'spki' })
  const hash = crypto.hash ?? ((name, bytes, form) => crypto.createHash(name).update(bytes).digest(form))
  const tools = {
    sha256: (bytes) => B.from(hash('sha256', bytes, 'latin1'), 'latin1'),
    sha256hex: (bytes) => hash('sha256', bytes, 'hex'),
    ed25519: (key, message, signature) => crypto.verify(null, message, crypto.createPublicKey(spki(key)), signature),
  }
  const saved = option('--from') === undefined ? null : JSON.parse(fs.readFileSync(option('--from'), 'utf8'))
  const beside = new URL('replay.mjs', import.meta.url).href
  const replay = argv.includes('--replay') ? (await import(/* turbopackIgnore: true */ beside)).createReplay() : null
  const verifier = createVerifier(tools, { saved, replay })
  const [from, piece] = [fs.openSync(file), B.alloc(1 << 18)]
  for (let read = fs.readSync(from, piece); read > 0; read = fs.readSync(from, piece)) verifier.write(piece.subarray(0, read))
  const report = verifier.end()
  if (option('--save') !== undefined && report.verdict !== 'tampered') fs.writeFileSync(option('--save'), `${JSON.stringify(report.save, null, 2)}\n`)
  process.stdout.write(`${argv.includes('--json') ? JSON.stringify(report, null, 2) : tell(report).join('\n')}\n`)
  return { ok: 0, tampered: 1, incomplete: 2 }[report.verdict]
}
const started = builtin('fs') && process.argv[1] && builtin('url').pathToFileURL(builtin('fs').realpathSync(process.argv[1])).href
const failed = (error) => (process.stderr.write(`${error.message}\n`) ? 2 : 2)
const run = async () => Object.assign(process, { exitCode: await main(process.argv.slice(2)).catch(failed) })
if (started && started === import.meta.url) run()
