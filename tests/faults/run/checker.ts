import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import type { Bed } from '@/tests/faults/run/bed'
import { Replica, tokensIn } from '@/tests/faults/run/replica'
import { BASE_UPDATE, findText } from '@/tests/support/sync/base-text'

/** After the last fault is over. The stock client notices a half-open link after 30 s. */
const SETTLES_WITHIN_MS = 90_000

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Waits until everybody is back and everything typed is saved and everywhere. @returns milliseconds that it took */
export const settle = async (bed: Bed): Promise<number> => {
  const began = performance.now()
  for (;;) {
    const unsaved = bed.replicas.filter((replica) => !replica.saved)
    const apart = bed.sections.filter((section) => textsIn(bed, section).size > 1)
    const took = performance.now() - began
    if (unsaved.length === 0 && apart.length === 0) return took
    if (took > SETTLES_WITHIN_MS) {
      const who = unsaved.map(({ state }) => state)
      bed.violations.push(
        `not settled after ${Math.round(took)} ms: ${unsaved.length} unsaved (${who.join(', ')}), ${apart.length} sections differ; ${bed.nodes.map(({ process }) => process.lastWords).join(' | ')}`,
      )
      return took
    }
    await pause(20)
  }
}

const textsIn = (bed: Bed, section: Id): Set<string> =>
  new Set(bed.replicas.filter(({ sectionId }) => sectionId === section).map(({ text }) => text))

export interface Counts {
  promised: number
  typed: number
  rows: number
  openings: number
}

/**
 * Nobody can come back yet, and what was promised must be in the database already: later, whoever has it would bring it
 * again, and a server that had lost it would look as if it had not.
 */
export const checkKept = async (bed: Bed): Promise<void> => {
  const { clients } = bed
  clients.out.open = false
  clients.back.open = false
  clients.reset()
  await bed.whole()
  for (const section of bed.sections) {
    const promised = new Set(bed.kept.get(section))
    for (const replica of bed.replicas) {
      if (replica.sectionId === section) for (const token of replica.promised()) promised.add(token)
    }
    const stored = new Set(tokensIn((await storedText(bed, section)).text))
    const lost = [...promised].filter((token) => !stored.has(token))
    if (lost.length > 0)
      bed.violations.push(
        `${lost.length} tokens lost from the database, such as ${lost.slice(0, 3).join(' ')}`,
      )
  }
  clients.heal()
}

/** Everything that must hold at any quiet moment. What does not is a violation. */
export const check = async (bed: Bed): Promise<Counts> => {
  const counts: Counts = { promised: 0, typed: 0, rows: 0, openings: 0 }
  for (const replica of bed.replicas) bed.judgeCodes(replica)
  for (const section of bed.sections) {
    const mine = bed.replicas.filter(({ sectionId }) => sectionId === section)
    const promised = new Set(bed.kept.get(section))
    const typed = new Set(bed.typed.get(section))
    for (const replica of mine) {
      for (const token of replica.promised()) promised.add(token)
      for (const token of replica.typed) typed.add(token)
    }
    const { text, rows } = await storedText(bed, section)
    const places: [string, string][] = [
      ['the database', text],
      ['a new replica', await freshText(bed, section)],
      ...mine.map(({ person, text: seen }): [string, string] => [`the replica of ${person}`, seen]),
    ]
    for (const [where, seen] of places) compare(bed, where, seen, promised, typed)
    counts.rows += rows
    counts.promised += promised.size
    counts.typed += typed.size
    counts.openings += await checkOpenings(bed, section)
  }
  await checkBursts(bed)
  return counts
}

const compare = (
  bed: Bed,
  where: string,
  text: string,
  promised: ReadonlySet<string>,
  typed: ReadonlySet<string>,
): void => {
  const seen = new Map<string, number>()
  for (const token of tokensIn(text)) seen.set(token, (seen.get(token) ?? 0) + 1)
  const lost = [...promised].filter((token) => !seen.has(token))
  const doubled = [...seen].filter(([, times]) => times > 1).map(([token]) => token)
  const foreign = [...seen.keys()].filter((token) => !typed.has(token))
  for (const [what, tokens] of [
    ['lost', lost],
    ['doubled', doubled],
    ['never typed', foreign],
  ] as const) {
    if (tokens.length > 0)
      bed.violations.push(
        `${tokens.length} tokens ${what} in ${where}, such as ${tokens.slice(0, 3).join(' ')}`,
      )
  }
}

/** What the rows of a section add up to, each against its hash. */
const storedText = async (bed: Bed, section: Id): Promise<{ text: string; rows: number }> => {
  const rows = await bed.witness.query<{ seq: number; bytes: Uint8Array; hash: Uint8Array }>(
    'select seq, bytes, hash from section_updates where section_id = $1 order by seq',
    section,
  )
  const doc = new Y.Doc()
  Y.applyUpdate(doc, BASE_UPDATE)
  rows.forEach(({ seq, bytes, hash }, i) => {
    if (seq !== i + 1) bed.violations.push(`row ${i + 1} of a section is missing`)
    if (!createHash('sha256').update(bytes).digest().equals(hash))
      bed.violations.push(`row ${seq} is not its hash`)
    Y.applyUpdate(doc, bytes)
  })
  return { text: findText(doc)?.toString() ?? '', rows: rows.length }
}

/** As a client sees it that was never here: everything comes from a server's memory or store. */
const freshText = async (bed: Bed, section: Id): Promise<string> => {
  const someone = bed.replicas.find(
    ({ sectionId, person }) => sectionId === section && !bed.revoked.has(person),
  )
  const { ready, port } = bed.witness
  const cookie = ready?.cookies[someone?.person ?? 0] ?? ''
  const fresh = new Replica(someone?.person ?? 0, section, 'fresh', port, cookie)
  const began = performance.now()
  while (!fresh.saved && performance.now() - began < 15_000) await pause(5)
  const { text } = fresh
  bed.leave([fresh])
  return text
}

/** Every socket on which something came has its event. */
const checkOpenings = async (bed: Bed, section: Id): Promise<number> => {
  const recorded = await bed.witness.query<{ person: Id; n: number }>(
    `select actor_person_id as person, count(*) as n from audit_inbox
     where section_id = $1 and type = 'section.opened' and outcome = 'allowed' group by 1`,
    section,
  )
  const byPerson = new Map(recorded.map(({ person, n }) => [person, n]))
  const personIds = bed.witness.ready?.personIds ?? []
  let all = 0
  for (const [person, id] of personIds.entries()) {
    const before = bed.openings.get(`${person} ${section}`) ?? 0
    const now = bed.replicas.filter((r) => r.sectionId === section && r.person === person)
    const opened = before + now.reduce((sum, replica) => sum + replica.openings, 0)
    all += opened
    if (opened > (byPerson.get(id) ?? 0))
      bed.violations.push(
        `${opened} deliveries of a section to ${person}, and ${byPerson.get(id) ?? 0} on record`,
      )
  }
  return all
}

/** Every stored row belongs to a burst on record under its author's name, and what is closed adds up. */
const checkBursts = async (bed: Bed): Promise<void> => {
  const unrecorded = await bed.witness.query<{ burst_id: Id }>(
    `select distinct u.burst_id from section_updates u where u.section_id = any($1::uuid[]) and not exists (
       select 1 from audit_inbox a where a.section_id = u.section_id and a.type = 'section.edited'
         and a.outcome = 'allowed' and a.actor_person_id = u.person_id
         and a.canonical::jsonb ->> 'correlation' = u.burst_id::text)`,
    bed.sections,
  )
  for (const { burst_id } of unrecorded)
    bed.violations.push(`the edits of burst ${burst_id} are not on record`)
  const wrong = await bed.witness.query<{ id: Id }>(
    `select b.id from edit_bursts b
       left join (select burst_id, count(*) as rows, sum(frames) as frames, sum(length(bytes)) as bytes,
           encode(sha256(string_agg(hash, ''::bytea order by seq)), 'hex') as hash
         from section_updates where section_id = any($1::uuid[]) group by 1) u on u.burst_id = b.id
       left join (select canonical::jsonb ->> 'correlation' as burst, canonical::jsonb -> 'volume' as volume,
           canonical::jsonb #>> '{details,updates,hash}' as hash
         from audit_inbox where section_id = any($1::uuid[]) and type = 'section.edit_closed') e on e.burst = b.id::text
     where b.section_id = any($1::uuid[]) and b.closed_at is not null and (e.volume is null
       or (e.volume ->> 'rows')::int <> coalesce(u.rows, 0) or (e.volume ->> 'frames')::int <> coalesce(u.frames, 0)
       or (e.volume ->> 'bytes')::int <> coalesce(u.bytes, 0) or e.hash is distinct from u.hash)`,
    bed.sections,
  )
  for (const { id } of wrong)
    bed.violations.push(`burst ${id} is closed with other counts or another hash than its rows have`)
}
