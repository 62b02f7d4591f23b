import { inOpen, MEMBERS, type ProcedureCase } from '@/tests/api/procedures/who'

const KNOWERS = MEMBERS.filter((who) => who !== 'guest')

export const ACCESS: Record<string, ProcedureCase> = {
  'access.who': { may: KNOWERS, input: (plan) => ({ on: inOpen(plan), at: null }) },
  // Whoever rules over the section asks about everyone, an auditor too; all others about themselves.
  'access.why': {
    may: ['countyLead', 'weatherEditor', 'auditor'],
    input: (plan) => ({ on: inOpen(plan), personId: plan.people.weatherEditor.personId, at: null }),
  },
  'access.viewAs': {
    may: ['countyLead', 'weatherSteward', 'hospitalLead'],
    input: (plan) => ({ documentId: plan.documentId, as: { personId: plan.people.guest.personId } }),
  },
  'access.compare': {
    may: KNOWERS,
    input: (plan) => ({ on: inOpen(plan), from: '2026-01-01T00:00:00.000Z', until: null }),
  },
}
