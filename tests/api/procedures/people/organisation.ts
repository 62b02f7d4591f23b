import {
  ADMINISTRATORS,
  HOST,
  inWorkspace,
  MEMBERS,
  type ProcedureCase,
  SIGNED_IN,
} from '@/tests/api/procedures/who'
import { domainOf, secondAdministrator } from '@/tests/operations/cases/organisation'

export const ORGANISATION: Record<string, ProcedureCase> = {
  'organisation.get': { may: SIGNED_IN },
  'organisation.originated': { may: MEMBERS, input: inWorkspace },
  'organisation.addDomain': { may: ADMINISTRATORS, input: () => ({ domain: 'new.example' }) },
  'organisation.removeDomain': { may: HOST, input: domainOf },
  'organisation.makeAdministrator': { may: HOST, input: ({ newcomerId }) => ({ personId: newcomerId }) },
  'organisation.unmakeAdministrator': { may: HOST, input: secondAdministrator },
}
