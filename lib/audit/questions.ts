import type { Outcome } from '@/lib/audit/catalogue'
import type { EventKind } from '@/lib/audit/figures/kind-names'

/** What answers are grouped by. */
export const GROUPINGS = ['person', 'org', 'object', 'type', 'rule'] as const
export type Grouping = (typeof GROUPINGS)[number]

/** What a question must be told before it can be answered. */
export type QuestionNeed = 'section' | 'person' | 'org' | 'day' | 'range'

export interface Question {
  title: string
  /** Said below it: what the answer is made of. */
  hint: string
  needs: readonly QuestionNeed[]
  by: Grouping
  fixed: { kind?: EventKind; outcome?: Outcome }
  /** About sections that the auditor's own agency, or a chosen one, originated; by others than itself. */
  ofOurs?: true
  /** Answered by the policy as it was, not by events. */
  fromPolicy?: true
}

/** The questions that an auditor asks, each of which is a filter and a grouping. */
export const QUESTIONS = {
  'who-read': {
    title: 'Who read this section?',
    hint: 'Everyone who opened it, with how often, first and last',
    needs: ['section', 'range'],
    by: 'person',
    fixed: { kind: 'reads' },
  },
  'who-could': {
    title: 'Who could have seen it, and by which rule?',
    hint: 'At a moment of the past, by the rules as they were then',
    needs: ['section'],
    by: 'person',
    fixed: {},
    fromPolicy: true,
  },
  'by-agency': {
    title: 'What did an agency’s people do?',
    hint: 'Everything, by person',
    needs: ['org', 'range'],
    by: 'person',
    fixed: {},
  },
  'to-ours': {
    title: 'What was done to an agency’s sections?',
    hint: 'By others than its own people',
    needs: ['org', 'range'],
    by: 'person',
    fixed: {},
    ofOurs: true,
  },
  denials: {
    title: 'What was refused?',
    hint: 'All denials, by person, with the rules that refused',
    needs: ['range'],
    by: 'person',
    fixed: { outcome: 'denied' },
  },
  'boundary-history': {
    title: 'How did this boundary come to be?',
    hint: 'Every change of who can see a section, newest first',
    needs: ['section'],
    by: 'type',
    fixed: { kind: 'sharing' },
  },
  'who-audited': {
    title: 'Who looked at the record?',
    hint: 'Looks, exports and questions, by person',
    needs: ['range'],
    by: 'person',
    fixed: { kind: 'audits' },
  },
  'persons-day': {
    title: 'What did one person do that day?',
    hint: 'By what they touched',
    needs: ['person', 'day'],
    by: 'object',
    fixed: {},
  },
  taken: {
    title: 'What was taken out?',
    hint: 'Exports, prints and copies, by person',
    needs: ['range'],
    by: 'person',
    fixed: { kind: 'taken' },
  },
  'about-section': {
    title: 'What happened to this section?',
    hint: 'Everything, by what happened',
    needs: ['section', 'range'],
    by: 'type',
    fixed: {},
  },
} as const satisfies Record<string, Question>

export type QuestionId = keyof typeof QUESTIONS
export const QUESTION_IDS = Object.keys(QUESTIONS) as [QuestionId, ...QuestionId[]]
