import { ADMINISTRATORS, HOST, type ProcedureCase } from '@/tests/api/procedures/who'
import { newWitnessKey, witnessOf } from '@/tests/operations/cases/witnesses'

export const WITNESSES: Record<string, ProcedureCase> = {
  'witnesses.list': { may: ADMINISTRATORS },
  'witnesses.register': { may: ADMINISTRATORS, input: () => newWitnessKey() },
  'witnesses.end': { may: HOST, input: witnessOf },
}
