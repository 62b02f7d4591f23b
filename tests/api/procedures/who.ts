import type { Person } from '@/tests/api/served'
import type { Plan } from '@/tests/operations/plan'

export const SIGNED_IN = [
  'countyLead',
  'countyReader',
  'weatherSteward',
  'weatherEditor',
  'reviewer',
  'hospitalLead',
  'hospitalEditor',
  'guest',
  'auditor',
  'stranger',
] as const satisfies readonly Person[]

export const EVERYONE: readonly Person[] = [...SIGNED_IN, 'signedOut']

export const MEMBERS: readonly Person[] = SIGNED_IN.filter((who) => who !== 'stranger')
export const READERS = MEMBERS.filter((who) => who !== 'guest' && who !== 'auditor')
export const EDITORS = READERS.filter((who) => who !== 'countyReader' && who !== 'reviewer')
export const ADMINISTRATORS: readonly Person[] = ['countyLead', 'hospitalLead']
export const HOST: readonly Person[] = ['countyLead']

export interface ProcedureCase {
  input?: (plan: Plan) => unknown
  /** Who gets an answer; everyone else is refused. */
  may: readonly Person[]
  /** Ids whose existence is not hidden from whoever may call this, and why. */
  open?: Record<string, string>
}

export const inWorkspace = ({ workspaceId }: Plan) => ({ workspaceId })
export const inDocument = ({ documentId }: Plan) => ({ documentId })
export const inOpen = ({ sections }: Plan) => ({ sectionId: sections.open })
