import { TLP } from '@/lib/marking/tlp'
import type { Boundary, Facts, Request, Source, Validity } from '@/lib/policy/facts'
import {
  type Handling,
  LEVELS,
  type Level,
  type Role,
  SUBJECT_KINDS,
  type SubjectKind,
} from '@/lib/policy/vocabulary'

/**
 * The small language of the case tables. Ann of County asks; she is an editor; a section of County's lies in a document
 * of County's; County takes part up to manage. A situation says only what is different.
 *
 * Clauses and grants: "org County: read", "person Ann: edit, over", "group Duty officers: read, not yet"; grants end in
 * "on workspace / document / section", denies have no level: "org County on document".
 */
export interface Situation {
  about?: 'workspace' | 'document' | 'section'
  person?: 'suspended'
  org?: 'suspended'
  session?: 'over'
  signIn?: 1 | 2 | 3
  signInAsked?: 1 | 2 | 3
  workspace?: 'archived'
  terms?: { current: number; signed: number }
  participation?: 'none' | 'suspended' | 'over' | 'not yet' | "another organisation's"
  ceiling?: Level
  mayExport?: true
  role?: Role | 'none'
  membership?: 'over' | 'not yet' | 'just begun'
  dutyOfficer?: 'yes' | 'over' | 'not yet'
  document?: { of?: string; label?: string; boundary?: string[]; archived?: true }
  section?: { of?: string; label?: string; boundary?: string[]; frozen?: true }
  /** Where the section's text came from; County's, unless it says otherwise. */
  sources?: {
    of?: string
    document?: { label?: string; boundary?: string[] }
    section?: { label?: string; boundary?: string[] } | 'none'
    denies?: string[]
    linked?: 'over' | 'not yet'
  }[]
  grants?: string[]
  denies?: string[]
  /** An emergency look at the section. */
  brokenGlass?: 'now' | 'over' | 'not yet'
}

export const NOW = 1_000_000
const PERIODS: Record<string, Validity> = {
  now: { from: 0, until: null },
  over: { from: 0, until: NOW },
  'not yet': { from: NOW + 1, until: null },
  'just begun': { from: NOW, until: NOW + 1 },
}
const period = (word: string | undefined): Validity => {
  const found = PERIODS[word ?? 'now']
  if (found === undefined) throw new Error(`no such period: ${word}`)
  return found
}

const naming = (text: string, id: string) => {
  const match =
    /^(org|group|person) ([^:,]+?)(?:: (\w+))?(?:, ([\w ]+?))?(?: on (workspace|document|section))?$/.exec(
      text,
    )
  if (match === null) throw new Error(`cannot read: ${text}`)
  const [, kind, name, level, when, on] = match
  return {
    id,
    subjectKind: SUBJECT_KINDS.find((one) => one === kind) as SubjectKind,
    subjectId: name as string,
    level: LEVELS.find((one) => one === level) as Level,
    maxLevel: LEVELS.find((one) => one === level) as Level,
    on: on as 'workspace' | 'document' | 'section',
    validity: period(when),
  }
}

const boundary = (id: string, clauses: string[] | undefined): Boundary | null =>
  clauses === undefined ? null : { id, clauses: clauses.map((text, i) => naming(text, `${id}-clause-${i}`)) }

const label = (id = 'TLP:GREEN') => {
  const found = TLP.find((one) => one.id === id)
  if (found === undefined) throw new Error(`no such label: ${id}`)
  return found
}

const sourceOf = (source: NonNullable<Situation['sources']>[number], i: number): Source => {
  const limits = (id: string, of: { label?: string; boundary?: string[] } | undefined) => ({
    id,
    label: label(of?.label),
    boundary: boundary(`${id}-boundary`, of?.boundary),
  })
  return {
    id: `source-${i}`,
    validity: period(source.linked),
    originatorOrgId: source.of ?? 'County',
    document: limits(`source-${i}-document`, source.document),
    section: source.section === 'none' ? null : limits(`source-${i}-section`, source.section),
    denies: (source.denies ?? []).map((text, j) => naming(text, `source-${i}-deny-${j}`)),
  }
}

export const factsOf = (s: Situation): Facts => ({
  at: NOW,
  subject: {
    personId: 'Ann',
    personState: s.person ?? 'active',
    orgId: 'County',
    orgState: s.org ?? 'active',
    groups: s.dutyOfficer
      ? [
          {
            id: 'in-group',
            groupId: 'Duty officers',
            validity: period(s.dutyOfficer === 'yes' ? 'now' : s.dutyOfficer),
          },
        ]
      : [],
    session: { id: 'session', live: s.session !== 'over', strength: s.signIn ?? 1 },
  },
  workspace: {
    id: 'workspace',
    state: s.workspace ?? 'active',
    minimumStrength: s.signInAsked ?? 1,
    termsVersion: s.terms?.current ?? 0,
  },
  participation:
    s.participation === 'none'
      ? null
      : {
          id: 'participation',
          orgId: s.participation === "another organisation's" ? 'Weather' : 'County',
          state: s.participation === 'suspended' ? 'suspended' : 'active',
          ceiling: s.ceiling ?? 'manage',
          mayExport: s.mayExport ?? false,
          signedTermsVersion: s.terms?.signed ?? 0,
          validity: period(
            s.participation === 'over' || s.participation === 'not yet' ? s.participation : undefined,
          ),
        },
  membership:
    s.role === 'none' ? null : { id: 'membership', role: s.role ?? 'editor', validity: period(s.membership) },
  document:
    s.about === 'workspace'
      ? null
      : {
          id: 'document',
          ownerOrgId: s.document?.of ?? 'County',
          archived: s.document?.archived ?? false,
          label: label(s.document?.label),
          boundary: boundary('document-boundary', s.document?.boundary),
        },
  section:
    s.about === 'workspace' || s.about === 'document'
      ? null
      : {
          id: 'section',
          originatorOrgId: s.section?.of ?? 'County',
          frozen: s.section?.frozen ?? false,
          label: label(s.section?.label),
          boundary: boundary('section-boundary', s.section?.boundary),
          sources: (s.sources ?? []).map(sourceOf),
        },
  grants: (s.grants ?? []).map((text, i) => naming(text, `grant-${i}`)),
  denies: (s.denies ?? []).map((text, i) => naming(text, `deny-${i}`)),
  breakGlass: s.brokenGlass === undefined ? [] : [{ id: 'look', validity: period(s.brokenGlass) }],
})

/**
 * "read" and the other levels; "govern"; "enter"; "record"; "members of County"; "export", "print", "copy", with "saying
 * why" where a reason is given; "approve as first" / "approve after Bob of Weather", with "requested by Ann".
 */
export const requestOf = (text: string): Request => {
  if (text === 'govern' || text === 'enter' || text === 'record') return { ask: text }
  const members = /^members of (\w+)$/.exec(text)
  if (members?.[1] !== undefined) return { ask: 'members', orgId: members[1] }
  const handle = /^(export|print|copy)( saying why)?$/.exec(text)
  if (handle !== null) {
    return {
      ask: 'handle',
      how: handle[1] as Handling,
      reason: handle[2] === undefined ? ' ' : 'for the drill',
    }
  }
  const approve = /^approve (?:as first|after (\w+) of (\w+)), requested by (\w+)$/.exec(text)
  if (approve !== null) {
    const [, person, org, requestedBy] = approve
    const firstKey = person === undefined ? null : { personId: person, orgId: org as string }
    return { ask: 'approve', requestedBy: requestedBy as string, firstKey }
  }
  return { ask: 'level', needs: text as Level }
}

/** [title with the rule's number, what is different, what is asked, for an allowed case the level that results]. */
export type AllowedCase = [title: `[R${number}] ${string}`, situation: Situation, ask: string, level: Level]
export type DeniedCase = [title: `[R${number}] ${string}`, situation: Situation, ask: string]
