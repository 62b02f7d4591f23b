import { type ProcedureCase, SIGNED_IN } from '@/tests/api/procedures/who'

export const ME: Record<string, ProcedureCase> = {
  'me.get': { may: SIGNED_IN },
  'me.sessions': { may: SIGNED_IN },
  'me.keepAlive': { may: SIGNED_IN },
  // Nobody of these has a password, so nobody's is right.
  'me.confirm': { may: [], input: () => ({ password: 'not the password' }) },
  'me.endSession': {
    may: ['countyLead'],
    input: ({ people }) => ({ sessionId: people.countyLead.sessionId }),
  },
  'me.endOtherSessions': { may: SIGNED_IN },
}
