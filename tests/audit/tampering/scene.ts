import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { checkpointText, parseCheckpoint } from '@/lib/audit/checkpoint'
import { formatNote, parseNote, type SignerKey, signNote } from '@/lib/audit/signed-note'
import { judge, type Seen } from '@/lib/witness/judge'
import { bundleChunks, planBundle } from '@/server/audit/bundle/write-bundle'
import { currentLogKey, logNameOf, originOf } from '@/server/audit/log-key'
import { readConsistencyProof } from '@/server/audit/tree-reader'
import { checkGoesOn, readHead } from '@/server/audit/trees/check-against-signed'
import { verifyRecord } from '@/server/audit/verify-record'
import type { Reader, Tx } from '@/server/db/client'
import type { Tampering } from '@/tests/audit/tampering/tamperings'
import { liveALittle, openSealedBed } from '@/tests/support/record/sealed-bundle'

/** One who looked, what they said, and how long it took them from the moment at which they looked. */
export interface Notice {
  who: string
  said: string
  ms: number
}

const GUARDED = ['audit_inbox', 'audit_log', 'audit_checkpoints', 'audit_cosignatures']

/**
 * A record of three agencies, each of which has a witness that has seen it. Its text lies verified with one of them as well: the verifier
 * alone in a folder, and what its last run saved.
 */
export const openTamperingScene = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-tampering-'))
  copyFileSync('lib/verifier/verify.mjs', join(folder, 'verify.mjs'))
  const bed = await openSealedBed()
  const { orgs } = bed.world
  const agencies = { County: null, Weather: null, Hospital: null } as Record<string, Seen | null>

  let key: SignerKey

  /** What a witness is shown of the tree as it lies there, signed with the host's own key: by an honest host and by any other. */
  const shown = async (reader: Reader, seen: Seen | null) => {
    const head = await readHead(reader, bed.tree)
    const text = checkpointText({
      origin: originOf(key.name, bed.tree),
      size: head.size,
      root: head.root,
      extensions: [],
    })
    const note = parseNote(formatNote({ text, signatures: [signNote(text, key)] }))
    const old = seen?.size ?? 0
    const proof =
      old > 0 && old < head.size ? await readConsistencyProof(reader, bed.tree, old, head.size) : []
    return { old, proof, note, checkpoint: parseCheckpoint(text) }
  }
  const ask = async (reader: Reader, agency: string) => {
    const seen = agencies[agency] ?? null
    const asked = await shown(reader, seen)
    return { asked, verdict: judge(asked, seen, [key]) }
  }
  const bundleOf = async (reader: Reader): Promise<string> => {
    const host = logNameOf(bed.services.env.publicUrl)
    const plan = await planBundle(reader, {
      tree: bed.tree,
      scope: { kind: 'whole' },
      host,
      now: bed.services.now(),
    })
    let text = ''
    for await (const chunk of bundleChunks(reader, bed.services.personKeys, plan)) text += chunk.text
    return text
  }
  const verifier = (text: string, ...options: string[]) => {
    writeFileSync(join(folder, 'bundle.jsonl'), text)
    // Nothing of the project and nothing of its surroundings: plain Node, these two files.
    const run = spawnSync(process.execPath, ['verify.mjs', 'bundle.jsonl', ...options], {
      cwd: folder,
      encoding: 'utf8',
      env: { NODE_ENV: 'production' },
    })
    return { exit: run.status, said: run.stdout.split('\n') }
  }

  await liveALittle(bed)
  await bed.accept(bed.world.workspaceId, 12)
  await bed.seal(orgs.weather, orgs.hospital)
  key = await bed.db.transaction((tx) => currentLogKey(bed.services, tx))
  for (const agency of Object.keys(agencies)) {
    const { asked, verdict } = await ask(bed.db, agency)
    if (!verdict.sign) throw new Error(`${agency} refuses an honest tree: ${verdict.why}`)
    agencies[agency] = asked.checkpoint
  }
  const honest = verifier(await bundleOf(bed.db), '--save', 'saved.json')

  /** Everyone who would notice looks, at the tree as this transaction sees it. Nobody says anything: nobody has noticed. */
  const look = async (tx: Tx, of: readonly string[]): Promise<Notice[]> => {
    const notices: Notice[] = []
    const time = async (who: string, run: () => Promise<string | null>) => {
      const begun = performance.now()
      const said = await run()
      const ms = performance.now() - begun
      const words = said?.replaceAll(bed.tree, 'the tree').replace(/\btest-[0-9a-f-]{36}/, 'node-a')
      if (words !== undefined) notices.push({ who, said: words, ms })
    }
    await time('the sequencer', async () => {
      const kept = bed.kept.get(bed.tree)
      if (kept === null) throw new Error('nothing is kept')
      return checkGoesOn(tx, kept, await readHead(tx, bed.tree)).then(
        () => null,
        (problem: Error) => problem.message,
      )
    })
    await time('the daily verification', async () => {
      const [first] = (await verifyRecord(tx, { only: null, kept: bed.kept })).faults
      if (first === undefined) return null
      const { why, index, until, writer, seq } = first
      const place = index === undefined ? `writer ${writer}, number ${seq}` : `index ${index}`
      return `${why}: ${place}${until === undefined ? '' : ` to ${until - 1}`}`
    })
    for (const agency of of)
      await time(`${agency}’s witness`, async () => {
        const { verdict } = await ask(tx, agency)
        return verdict.sign ? null : `does not sign: ${verdict.why}`
      })
    await time('the verifier, elsewhere', async () => {
      const { exit, said } = verifier(await bundleOf(tx), '--from', 'saved.json')
      const worst = said.find((line) => line.startsWith('tampered:')) ?? said[1]
      return exit === 0 ? null : `exit ${exit}: ${worst}`
    })
    return notices
  }

  return {
    bed,
    honest,
    agencies: Object.keys(agencies),
    verifier,
    bundle: () => bundleOf(bed.db),
    /** The tree grows, and only this agency's witness is shown how. It keeps what it was shown. */
    async growFor(agency: string) {
      await bed.accept(bed.world.workspaceId)
      await bed.sequence()
      await bed.sign()
      const { asked, verdict } = await ask(bed.db, agency)
      if (!verdict.sign) throw new Error(`${agency} refuses an honest tree: ${verdict.why}`)
      agencies[agency] = asked.checkpoint
      verifier(await bundleOf(bed.db), '--save', 'saved.json')
    },
    /** Does it as a superuser, has everyone look, and undoes it. */
    async tamper({ run }: Tampering, of = Object.keys(agencies)): Promise<Notice[]> {
      let notices: Notice[] = []
      const undone = new Error('undone')
      await bed.db
        .transaction(async (tx) => {
          for (const table of GUARDED) await tx.query(`alter table ${table} disable trigger all`)
          await run(tx, bed)
          notices = await look(tx, of)
          throw undone
        })
        .catch((problem) => {
          if (problem !== undone) throw problem
        })
      return notices
    },
    async close() {
      await bed.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
