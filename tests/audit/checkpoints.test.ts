import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parseCheckpoint } from '@/lib/audit/checkpoint'
import { rootHash, subtreesOf } from '@/lib/audit/merkle'
import { parseNote, parseVerifierKey, verifySignature } from '@/lib/audit/signed-note'
import { newId } from '@/lib/ids'
import { readLogKey, rotateLogKey } from '@/server/audit/log-key'
import { sequenceBatch, startSequencer } from '@/server/audit/sequence'
import { readTreeStates } from '@/server/audit/tree-state'
import { acceptRestore } from '@/server/audit/trees/accept-restore'
import { checkAgainstKept } from '@/server/audit/trees/check-against-signed'
import { openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { openRecordBed, type RecordBed } from '@/tests/support/record/record-bed'

let bed: RecordBed
beforeEach(async () => {
  bed = await openRecordBed()
})
afterEach(() => bed.close())

const folder = () => bed.services.env.checkpointDir
const keyFile = () => bed.services.env.logKeyFile
const keys = () =>
  bed.rows('select verifier_key, ended_at is null as open from audit_log_keys order by begun_at')
const signAll = async () => {
  await bed.sequence()
  return bed.sign()
}
const notes = (tree: string) =>
  bed.rows('select size, note from audit_checkpoints where tree = $1 order by size', [tree])

describe('checkpoints', () => {
  test('a grown tree is signed with the key of the installation, in the database and outside alike', async () => {
    const workspace = newId()
    await bed.accept(workspace, 3)
    expect(await signAll()).toEqual({ signed: 1, refusal: null })
    const tree = `workspace:${workspace}`
    const [stored] = await notes(tree)
    const note = stored?.note as unknown as string
    const { text, signatures } = parseNote(note)
    const leaves = await bed.rows<{ leaf_hash: Buffer }>(
      'select leaf_hash from audit_log where tree = $1 order by index',
      [tree],
    )
    expect(parseCheckpoint(text)).toEqual({
      origin: `localhost:3000/workspace/${workspace}`,
      size: 3,
      root: rootHash(3, subtreesOf(leaves.map((row) => row.leaf_hash))),
      extensions: [],
    })
    const [key] = await keys()
    const verifier = parseVerifierKey(key?.verifier_key ?? '')
    expect(signatures.map((signature) => verifySignature(text, signature, verifier).holds)).toEqual([true])
    expect(readFileSync(join(folder(), `workspace-${workspace}`), 'utf8')).toBe(note)
    // The key's own beginning is an event of the instance.
    expect(await signAll()).toEqual({ signed: 1, refusal: null })
    expect(await bed.rows(`select type from audit_inbox where type like 'log_key%'`)).toEqual([
      { type: 'log_key.begun' },
    ])
    expect(await signAll()).toEqual({ signed: 0, refusal: null })
  })

  test('what cannot be kept outside is shown to nobody', async () => {
    await bed.accept(null, 2)
    await bed.sequence()
    writeFileSync(folder(), 'a file where the folder should be')
    await expect(bed.sign()).rejects.toThrow()
    expect(await notes('instance')).toEqual([])
    rmSync(folder())
    expect(await bed.sign()).toMatchObject({ signed: 1 })
  })

  test('a node keeps what another node has signed', async () => {
    await bed.accept(null, 2)
    await signAll()
    await signAll()
    const [first] = (await notes('instance')).slice(-1)
    const other = await openRecordBed({ db: bed.db })
    expect(await other.sign()).toMatchObject({ signed: 0 })
    expect(readFileSync(join(other.services.env.checkpointDir, 'instance'), 'utf8')).toBe(first?.note)
  })

  test('a kept file that is no checkpoint is no reason to go on as if nothing was signed', async () => {
    await bed.accept(null)
    await signAll()
    writeFileSync(join(folder(), 'instance'), 'nothing')
    await expect(openKeptCheckpoints(folder())).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('the key', () => {
  test('is readable by its owner only, and refused when it is not', async () => {
    await bed.accept(null)
    await signAll()
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600)
    chmodSync(keyFile(), 0o640)
    expect(() => readLogKey(keyFile())).toThrow('chmod 600')
    await bed.accept(null)
    expect((await signAll()).refusal).toContain('chmod 600')
  })

  test('a node without it, or with another one, does not sign, and says what to do', async () => {
    await bed.accept(null)
    await signAll()
    const other = await openRecordBed({ db: bed.db })
    await bed.accept(null)
    await bed.sequence()
    expect(await other.sign()).toMatchObject({ signed: 0, refusal: expect.stringContaining('Copy the file') })
    expect(existsSync(other.services.env.logKeyFile)).toBe(false)
    writeFileSync(other.services.env.logKeyFile, readFileSync(keyFile()), { mode: 0o600 })
    expect(await other.sign()).toEqual({ signed: 1, refusal: null })
  })

  test('is replaced on record; the old one ends, and signs nothing any more', async () => {
    await bed.accept(null)
    await signAll()
    const old = readFileSync(keyFile(), 'utf8')
    const { from, to } = await rotateLogKey(bed.services)
    expect(await keys()).toEqual([
      { verifier_key: from, open: false },
      { verifier_key: to, open: true },
    ])
    await signAll()
    const [last] = (await notes('instance')).slice(-1)
    const { text, signatures } = parseNote(last?.note ?? '')
    expect(verifySignature(text, signatures[0] as never, parseVerifierKey(to)).holds).toBe(true)
    const [event] = await bed.rows(
      `select canonical::jsonb -> 'before' as before, canonical::jsonb -> 'after' as after from audit_inbox where type = 'log_key.rotated'`,
    )
    expect(event).toEqual({ before: { key: from }, after: { key: to } })
    writeFileSync(keyFile(), old)
    await bed.accept(null)
    expect((await signAll()).refusal).toContain('is another key')
  })

  test('a rotation that was interrupted after its commit is finished by the next signature', async () => {
    await bed.accept(null)
    await signAll()
    const old = readFileSync(keyFile(), 'utf8')
    const { to } = await rotateLogKey(bed.services)
    writeFileSync(`${keyFile()}.next`, readFileSync(keyFile()), { mode: 0o600 })
    writeFileSync(keyFile(), old)
    await bed.accept(null)
    expect((await signAll()).refusal).toBeNull()
    expect(readLogKey(keyFile())?.id).toBe(parseVerifierKey(to).id)
    expect(existsSync(`${keyFile()}.next`)).toBe(false)
  })
})

describe('a database that is not the one that was signed', () => {
  const tree = 'instance'
  const states = () => readTreeStates(bed.db, [tree])
  /** What a restored database is: one that lacks the newest events. */
  const restoreTo = (size: number) =>
    bed.asSuperuser(async (tx) => {
      await tx.query('delete from audit_checkpoints where size > $1', [size])
      await tx.query('delete from audit_log where index >= $1', [size])
      await tx.query(`update audit_heads set size = $1, edge = ''`, [size])
    })
  const untilAlarm = async () => {
    const sequencer = startSequencer(bed.services, bed.kept)
    await expect.poll(() => sequencer.isStopped(), { timeout: 20_000 }).toBe(true)
    await sequencer.stop()
  }

  test('smaller than what was signed: nothing is sequenced or signed, an alarm says so, accepting goes on', async () => {
    await bed.accept(null, 5)
    await signAll()
    await signAll()
    await restoreTo(3)
    await bed.accept(null)
    await untilAlarm()
    expect(await states()).toMatchObject([
      { size: 3, alarm: { why: 'shrunk', signedSize: 6, size: 3 }, signed: null },
    ])
    await bed.accept(null)
    expect(await sequenceBatch(bed.services, bed.kept)).toBe('alarm')
    expect(await bed.sign()).toEqual({ signed: 0, refusal: null })
    expect(await bed.rows('select count(*) as n from audit_pending')).toEqual([{ n: 2 }])
  })

  test('an operator lets it go on: on record with both heads, the old file aside, and signed again', async () => {
    await bed.accept(null, 5)
    await signAll()
    await signAll()
    const signed = bed.kept.get(tree)
    await restoreTo(3)
    await bed.accept(null)
    await untilAlarm()
    const [restored] = await acceptRestore(bed.services, bed.kept)
    expect(restored).toMatchObject({ signed: { size: 6 }, head: { size: 3 } })
    expect(existsSync(join(folder(), 'instance.6.before-restore'))).toBe(true)
    // Another node's folder holds the same head: it is set aside by the same word.
    const other = await openRecordBed({ db: bed.db })
    await other.kept.keep(tree, signed?.note ?? '')
    await checkAgainstKept(bed.db, other.kept)
    expect(other.kept.get(tree)).toBeNull()
    await signAll()
    expect(await states()).toMatchObject([{ size: 5, alarm: null, signed: { size: 5 } }])
    const [event] = await bed.rows(
      `select canonical::jsonb -> 'before' as before, canonical::jsonb -> 'after' -> 'size' as after from audit_inbox where type = 'record.restored'`,
    )
    expect(event).toEqual({
      before: { size: 6, root: Buffer.from(signed?.root ?? []).toString('hex') },
      after: 3,
    })
    expect(await acceptRestore(bed.services, bed.kept)).toEqual([])
  })

  test('what contradicts its own checkpoints is no restored backup, and is not let go on', async () => {
    await bed.accept(null, 5)
    await signAll()
    await bed.accept(null, 5)
    await signAll()
    await bed.asSuperuser(async (tx) => {
      await tx.query('delete from audit_log where index >= 3')
      await tx.query(`update audit_heads set size = 3, edge = ''`)
    })
    await expect(acceptRestore(bed.services, bed.kept)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('grown again to another history: a batch in hand refuses, and so does whoever signs', async () => {
    await bed.accept(null, 5)
    await signAll()
    await signAll()
    const signed = bed.kept.get(tree)
    await restoreTo(3)
    const without = await openRecordBed({ db: bed.db })
    await bed.accept(null, 4)
    // Another node that keeps nothing outside lets it grow: the one that does, notices.
    await expect(bed.sequence()).rejects.toThrow('no edge')
    const sequencer = startSequencer(without.services)
    await expect.poll(async () => (await bed.rows('select size from audit_heads'))[0]?.size).toBe(7)
    await sequencer.stop()
    await expect(bed.sign()).rejects.toMatchObject({ why: 'different', signed })
  })
})
