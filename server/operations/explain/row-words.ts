interface Said {
  kind: string
  subject_kind: 'org' | 'group' | 'person' | null
  subject_name: string | null
  word: string | null
  on_kind: 'workspace' | 'document' | 'section' | null
}

/** What a row of policy says, in one plain sentence without a full stop. */
export const rowSentence = ({ kind, subject_kind, subject_name, word, on_kind }: Said): string => {
  const who = subject_kind === 'group' ? `the group ${subject_name ?? '?'}` : (subject_name ?? 'somebody')
  const on = `the ${on_kind ?? 'section'}`
  switch (kind) {
    case 'participation':
      return word === 'manage' ? `${who} takes part` : `${who} takes part with at most “${word}”`
    case 'membership':
      return `${who} is ${word === 'editor' || word === 'auditor' ? 'an' : 'a'} ${word} here`
    case 'boundary':
      return `The boundary of ${on} does not name them`
    case 'clause':
      return `The boundary of ${on} names ${who} with at most “${word}”`
    case 'grant':
      return `${upper(who)} was given “${word}” on ${on}`
    case 'deny':
      return `${upper(who)} is blocked from ${on}`
    case 'break_glass':
      return `${who} has opened it in an emergency, read only`
    case 'source':
      return 'It was made from another section, whose boundary holds for it as well'
    default:
      return 'A row that this version does not know'
  }
}

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** The reason behind a level in a few words, by the rule that fixed it. */
export const REASONS = {
  R0: 'something needed to decide it was not known',
  R1: 'the account or the agency is suspended',
  R2: 'an auditor reads the record only',
  R3: 'blocked explicitly',
  R4: 'how the agency takes part here',
  R5: 'the boundary',
  R6: 'the marking',
  R7: 'the role, or what was granted',
  R8: 'frozen or archived',
  R9: 'the handling of the marking',
} as const
