/**
 * Everything that a person can be told, with the sentence that the inbox shows. `{by}`, `{agency}`, `{workspace}`,
 * `{document}` and `{section}` are filled in at reading time, with what the reader may know then. `mail`: whether it also goes
 * out as mail unless the person chooses otherwise. An unknown kind does not type-check.
 */
export const KINDS = {
  'offer.received': {
    text: '{agency} makes your agency an offer: {workspace}',
    label: 'Offers to your agency',
    mail: true,
  },
  'offer.answered': {
    text: 'An offer to take part in {workspace} was answered',
    label: 'Answers to offers',
    mail: true,
  },
  'offer.consent_asked': {
    text: '{agency} asks for your consent to invite another agency to {workspace}',
    label: 'Consent to inviting another agency',
    mail: true,
  },
  'terms.published': {
    text: '{workspace} has new terms. Your agency takes part again when a lead has signed them',
    label: 'New terms to sign',
    mail: true,
  },
  'terms.signed': {
    text: 'An agency has signed the terms of {workspace}',
    label: 'Signatures under terms',
    mail: false,
  },
  'participation.changed': {
    text: 'What an agency may do in {workspace} has changed',
    label: 'What an agency may do',
    mail: true,
  },
  'membership.changed': { text: 'Your role in {workspace} has changed', label: 'Your roles', mail: true },
  'access.changed': {
    text: 'What you can see in {workspace} has changed',
    label: 'What you can see',
    mail: false,
  },
  'access.requested': { text: '{by} asks for access to {section}', label: 'Requests for access', mail: true },
  'access.decided': {
    text: 'Your request for access to {section} was answered',
    label: 'Answers to your requests',
    mail: true,
  },
  'release.requested': {
    text: 'A release of {section} waits for a key of yours',
    label: 'Releases that wait for your key',
    mail: true,
  },
  'release.ended': { text: 'A release of {section} has ended', label: 'Ended releases', mail: false },
  'review.started': { text: 'A review of {workspace} asks for your answers', label: 'Reviews', mail: true },
  'review.due': {
    text: 'A review of {workspace} still waits for your answers and is due soon',
    label: 'Reviews that are due soon',
    mail: true,
  },
  'review.ended': { text: 'A review of {workspace} is complete', label: 'Results of reviews', mail: false },
  'ending.soon': { text: 'Something in {workspace} ends soon', label: 'What ends soon', mail: true },
  'ending.group': {
    text: 'A place in a group of your agency ends soon',
    label: 'Places in groups that end soon',
    mail: true,
  },
  'break_glass.opened': {
    text: '{by} has broken the glass of {section}',
    label: 'Emergency looks at your sections',
    mail: true,
  },
  'break_glass.asked': {
    text: '{by} asks you to agree to break-glass in {workspace}',
    label: 'Requests to turn on emergency looks',
    mail: true,
  },
  'break_glass.switched': {
    text: 'Whether people can break glass in {workspace} has changed',
    label: 'Emergency looks turned on or off',
    mail: true,
  },
  'break_glass.reviewed': {
    text: 'Your break-glass in {workspace} has been reviewed',
    label: 'Reviews of your emergency looks',
    mail: false,
  },
  'break_glass.due': {
    text: 'An emergency look at {section} waits for your review',
    label: 'Emergency looks to review',
    mail: true,
  },
  'person.erased': {
    text: 'What named a person who belonged to {workspace} was erased for ever',
    label: 'Erased people',
    mail: true,
  },
  'hold.placed': { text: '{by} has placed a legal hold', label: 'Legal holds', mail: true },
  'hold.lift_asked': {
    text: '{by} asks a second person to lift a legal hold',
    label: 'Legal holds that wait for a second person',
    mail: true,
  },
  'record.refused': {
    text: 'A witness refuses to co-sign a record: it does not go on from what the witness signed before',
    label: 'Refusals of witnesses',
    mail: true,
  },
  'record.unsealed': {
    text: 'A record is not sealed as it should be: for a quarter of an hour too few agencies have co-signed it',
    label: 'Records that are not sealed',
    mail: true,
  },
  'record.canary': {
    text: 'A read that is made once a minute to see that the record works did not turn up in it in time',
    label: 'Records that are late',
    mail: true,
  },
  'record.silent': {
    text: 'A witness of your agency has not been heard for a quarter of an hour',
    label: 'Witnesses that are not heard',
    mail: true,
  },
  'retention.asked': {
    text: '{by} asks an auditor of another agency to agree: the record of {workspace} would be kept for a shorter time, or a part of it dropped',
    label: 'Dropping parts of a record',
    mail: true,
  },
  'finding.raised': {
    text: 'Something unusual was found on the record of {workspace}',
    label: 'Findings on the record',
    mail: false,
  },
  mention: { text: '{by} mentions you in {section}', label: 'Mentions of you', mail: false },
} as const satisfies Record<string, { text: string; label: string; mail: boolean }>

export type Kind = keyof typeof KINDS
export const isKind = (word: string): word is Kind => Object.hasOwn(KINDS, word)
