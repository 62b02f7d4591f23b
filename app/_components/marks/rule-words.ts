import type { Rule } from '@/lib/policy/vocabulary'

/** What each rule of the policy looks at, for people. */
export const RULE_WORDS: Record<Rule, string> = {
  R0: 'Something needed for the decision was not known, so the answer was no',
  R1: 'The person, the organisation or the sign-in was not in order',
  R2: 'Duties that one person must not hold together',
  R3: 'An explicit block',
  R4: 'How the organisation takes part in the workspace',
  R5: 'The boundary of the document or section',
  R6: 'What the marking asks for',
  R7: 'What was granted: the role or an explicit permission',
  R8: 'An archived workspace or document, or a frozen section',
  R9: 'What the marking lets people take out',
}

const KNOWN = new Map<string, string>(Object.entries(RULE_WORDS))

/** @returns undefined for a rule that this version does not know */
export const ruleMeans = (rule: string): string | undefined => KNOWN.get(rule)
