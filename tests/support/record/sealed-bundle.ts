import { randomBytes } from 'node:crypto'
import {
  cosignNote,
  encodeVerifierKey,
  parseNote,
  type SignerKey,
  signatureLine,
  signerKey,
} from '@/lib/audit/signed-note'
import { type Id, newId } from '@/lib/ids'
import { bundleChunks, planBundle } from '@/server/audit/bundle/write-bundle'
import { logNameOf } from '@/server/audit/log-key'
import type { RecordScope } from '@/server/audit/scope'
import { addMember } from '@/server/operations/members/add-member'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { renameSection } from '@/server/operations/sections/rename-section'
import { endBurst } from '@/server/sync/edit-bursts'
import { insertUpdates } from '@/server/sync/order/rows'
import { insertBursts } from '@/server/sync/update-log'
import { putPolicyOnRecord } from '@/server/upkeep/put-policy-on-record'
import { startUpkeep } from '@/server/upkeep/upkeep'
import { openRecordBed, type RecordBed } from '@/tests/support/record/record-bed'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'
import { threeAgencies } from '@/tests/support/three-agencies'

export interface SealedBed extends RecordBed {
  world: Awaited<ReturnType<typeof threeAgencies>>
  tree: string
  run<In, Out>(
    who: keyof SealedBed['world']['people'],
    operation: Operation<In, Out>,
    input: In,
  ): Promise<Out>
  /** Sequences, signs, and has these agencies co-sign the newest head. */
  seal(...by: Id[]): Promise<void>
  bundle(scope?: RecordScope): Promise<string>
}

/** A running record of three agencies, two of which have witnesses: what a bundle is made of that means something. */
export const openSealedBed = async (): Promise<SealedBed> => {
  const bed = await openRecordBed()
  const { services, db } = bed
  const world = await threeAgencies(db)
  const tree = `workspace:${world.workspaceId}`
  const witnesses = new Map<Id, { id: Id; key: SignerKey }>()
  for (const orgId of [world.orgs.weather, world.orgs.hospital]) {
    const key = signerKey(`witness.example/${witnesses.size}`, randomBytes(32), 'cosignature')
    const id = newId()
    witnesses.set(orgId, { id, key })
    await db.query(
      'insert into audit_witnesses (id, org_id, name, verifier_key, token_hash) values ($1, $2, $3, $4, $5)',
      [id, orgId, key.name, encodeVerifierKey(key), randomBytes(32)],
    )
  }
  const run: SealedBed['run'] = (who, operation, input) =>
    runOperation(services, world.people[who], operation, input)
  return {
    ...bed,
    world,
    tree,
    run,
    async seal(...by) {
      await bed.sequence()
      await bed.sign()
      const [newest] = await bed.rows<{ size: number; note: string }>(
        'select size, note from audit_checkpoints where tree = $1 order by size desc limit 1',
        [tree],
      )
      if (newest === undefined) throw new Error('nothing was signed')
      for (const orgId of by) {
        const witness = witnesses.get(orgId)
        if (witness === undefined) throw new Error(`${orgId} has no witness`)
        const at = Date.now()
        const line = signatureLine(cosignNote(parseNote(newest.note).text, witness.key, at))
        await db.query(
          `insert into audit_cosignatures (tree, size, witness_id, line, at, received_at) values ($1, $2, $3, $4, $5, $5)`,
          [tree, newest.size, witness.id, line, new Date(at)],
        )
      }
    },
    async bundle(scope = { kind: 'whole' }) {
      const host = logNameOf(services.env.publicUrl)
      const plan = await planBundle(db, { tree, scope, host, now: services.now() })
      let text = ''
      for await (const chunk of bundleChunks(db, services.personKeys, plan)) text += chunk.text
      return text
    },
  }
}

/** Some of everything: policy put on record, changes, refusals, a run of edits with three stored rows. */
export const liveALittle = async (bed: SealedBed): Promise<void> => {
  const { services, world, run } = bed
  const upkeep = startUpkeep(services, [putPolicyOnRecord])
  await upkeep.runNow()
  await upkeep.stop()
  const { open, closed } = world.sections
  const refused = (attempt: Promise<unknown>) =>
    attempt.then(
      () => Promise.reject(new Error('was let through')),
      () => undefined,
    )
  for (const title of ['One', 'Two', 'Three'])
    await run('countyLead', renameSection, { sectionId: open, title })
  await refused(run('countyReader', renameSection, { sectionId: open, title: 'Four' }))
  await refused(run('weatherEditor', renameSection, { sectionId: closed, title: 'Five' }))
  const personId = await world.world.person(world.orgs.county)
  await run('countyLead', addMember, {
    workspaceId: world.workspaceId,
    personId,
    role: 'reader',
    until: null,
  })
  await writeBurst(bed)
  await run('countyLead', freezeSection, { sectionId: open })
  await refused(run('countyLead', renameSection, { sectionId: open, title: 'Six' }))
}

const writeBurst = async ({ services, world }: SealedBed): Promise<void> => {
  const { workspaceId, documentId, sections } = world
  const { personId, orgId, sessionId } = world.people.countyLead
  const sectionId = sections.open
  const [id, doc] = [newId(), baseDoc()]
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  for (const letter of 'abc') textOf(doc).insert(0, letter)
  await services.db.transaction(async (tx) => {
    await insertBursts(tx, services.node, [{ id, sectionId, personId, sessionId }])
    for (const bytes of updates)
      await insertUpdates(tx, [{ sectionId, personId, sessionId, burstId: id, frames: 1, bytes }])
    const object = { workspaceId, documentId, sectionId }
    await endBurst(tx, services, { id, actor: { personId, orgId, sessionId }, object })
  })
}
