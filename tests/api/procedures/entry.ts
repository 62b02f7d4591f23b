import { EVERYONE, type ProcedureCase } from '@/tests/api/procedures/who'

const noToken = 'x'.repeat(43)

export const ENTRY: Record<string, ProcedureCase> = {
  'entry.banner': { may: EVERYONE },
  'entry.openLink': { may: [], input: () => ({ kind: 'password', token: noToken }) },
  'entry.openOfferLink': { may: [], input: () => ({ token: noToken }) },
  'entry.setUpByOffer': {
    may: [],
    input: () => ({
      token: noToken,
      name: 'Agency',
      shortCode: 'AGY',
      colour: 1,
      personName: 'First',
      password: 'a long enough pass phrase',
    }),
  },
  'entry.setPassword': { may: [], input: () => ({ token: noToken, password: 'a long enough pass phrase' }) },
  'entry.openInvitation': { may: [], input: () => ({ token: noToken }) },
  'entry.acceptInvitation': {
    may: [],
    input: () => ({ token: noToken, name: 'New', password: 'a long enough pass phrase' }),
  },
  'entry.setUp': {
    may: [],
    input: () => ({
      token: noToken,
      name: 'Agency',
      shortCode: 'AGY',
      colour: 1,
      personName: 'First',
      email: 'first@example.test',
      password: 'a long enough pass phrase',
    }),
  },
}
