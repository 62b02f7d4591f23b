import { randomBytes } from 'node:crypto'
import { encodeVerifierKey, signerKey } from '@/lib/audit/signed-note'
import { endWitness } from '@/server/operations/witnesses/end-witness'
import { listWitnesses } from '@/server/operations/witnesses/list-witnesses'
import { registerWitness } from '@/server/operations/witnesses/register-witness'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const denied = { who: 'countyReader', code: 'denied' } as const
const gone = { who: 'hospitalLead', code: 'missing' } as const

/** The key of a new witness. */
export const newWitnessKey = (name = 'county.example/witness') => ({
  verifierKey: encodeVerifierKey(signerKey(name, randomBytes(32), 'cosignature')),
})

/** A witness of County's. */
export const witnessOf = async ({ world, orgs }: Plan) => ({
  witnessId: await world.insert('audit_witnesses', {
    org_id: orgs.county,
    name: 'county.example/witness',
    verifier_key: newWitnessKey().verifierKey,
    token_hash: randomBytes(32),
  }),
})

export const WITNESSES: readonly OperationCase[] = [
  of('witnesses/list-witnesses', listWitnesses, () => undefined, 'countyLead', denied),
  of('witnesses/register-witness', registerWitness, () => newWitnessKey(), 'countyLead', denied),
  of('witnesses/end-witness', endWitness, witnessOf, 'countyLead', gone),
]
