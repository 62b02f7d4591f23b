import type { Decision, Request } from '@/lib/policy/facts'
import type { Level, Rule } from '@/lib/policy/vocabulary'

/** Names for the sentence. Only names that the reader of the sentence may know. */
export interface ExplainContext {
  ask: Request['ask']
  what: 'workspace' | 'document' | 'section'
  /** The organisation that owns the document or originated the section; of a workspace, its host. */
  originator: string
  /** The organisation of the person who is refused. */
  ownOrg: string
  /** What refuses is set on something that the section's text came from, not on the section. */
  bySource?: boolean
}

export interface Explanation {
  /** One plain sentence: why the answer is what it is. */
  why: string
  /** Whom to ask, as the object of "Ask …"; null where nobody can help. */
  ask: string | null
}

/**
 * Says a refusal, or what capped a level, in words for people. A decision that leaves less than `discover` is never
 * explained to the person it is about (R0: hidden and missing look alike); auditors may read it.
 */
export const explain = (decision: Decision, context: ExplainContext): Explanation =>
  context.bySource === true
    ? {
        why: 'This text was copied or moved from elsewhere, and what is set there does not allow you this: it holds here as well, until it is released.',
        ask: steward(context.originator),
      }
    : SENTENCES[decision.rule](context, decision)

/** What a level is, after "allowed". */
const UP_TO: Record<Level, string> = {
  none: 'nothing',
  discover: 'to know that it is there',
  read: 'to read',
  comment: 'to comment',
  suggest: 'to suggest changes',
  edit: 'to edit',
  manage: 'to decide',
}

const steward = (org: string) => `a steward of ${org}`
const lead = (org: string) => `a lead of ${org}`

const SENTENCES: Record<Rule, (context: ExplainContext, decision: Decision) => Explanation> = {
  R0: () => ({
    why: 'Something that is needed to decide this is not known, so the answer is no.',
    ask: null,
  }),
  R1: ({ ownOrg }) => ({
    why: 'This sign-in is not enough: it has ended, is too weak for this workspace, or the account is suspended.',
    ask: `an administrator of ${ownOrg}`,
  }),
  R2: ({ ask, originator }) =>
    ask === 'approve'
      ? {
          why: 'The two keys must be turned by different people of different organisations, and not by who asked for it.',
          ask: steward(originator),
        }
      : { why: 'Auditors see the record of this workspace, never its content.', ask: null },
  R3: ({ what, originator }) => ({
    why: `Access to this ${what} has been blocked explicitly.`,
    ask: steward(originator),
  }),
  R4: ({ ownOrg }, { level }) => ({
    why:
      level === 'none'
        ? `${ownOrg} does not take part in this workspace now, or has not signed its current terms.`
        : `In this workspace the people of ${ownOrg} are allowed ${UP_TO[level]} and no more.`,
    ask: lead(ownOrg),
  }),
  R5: ({ what, originator }, { level }) => ({
    why:
      level === 'none'
        ? `The boundary of this ${what} does not include you.`
        : `The boundary that ${originator} set here allows you ${UP_TO[level]} and no more.`,
    ask: steward(originator),
  }),
  R6: ({ what, originator }) => ({
    why: `The marking of this ${what} admits only those whom its boundary names, and it does not name you so.`,
    ask: steward(originator),
  }),
  R7: ({ ask, what, originator, ownOrg }, { level }) => {
    if (ask === 'members')
      return {
        why: 'Only leads change members, and only of their own organisation.',
        ask: 'a lead of that organisation',
      }
    if (ask === 'record')
      return { why: 'Only auditors of this workspace read its record.', ask: lead(ownOrg) }
    if (ask === 'enter' || level === 'none')
      return { why: `Nothing gives you access to this ${what}.`, ask: lead(ownOrg) }
    if (ask === 'govern' || ask === 'approve') {
      return {
        why: `Only ${originator}'s leads and stewards rule over this ${what}.`,
        ask: steward(originator),
      }
    }
    return { why: `Your role here allows you ${UP_TO[level]} and no more.`, ask: lead(ownOrg) }
  },
  R8: ({ what, originator }) =>
    what === 'section'
      ? { why: 'This is frozen or archived: it can be read, not changed.', ask: steward(originator) }
      : { why: `This ${what} is archived: it can be read, not changed.`, ask: lead(originator) },
  R9: ({ what, originator }) => ({
    why: `The marking of this ${what}, or your organisation's terms, do not let it be taken out this way, or a reason is missing.`,
    ask: steward(originator),
  }),
}
