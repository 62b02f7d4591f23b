import { EVENTS, type EventType, type Outcome } from '@/lib/audit/catalogue'

/** "section.opened" → "opened a section": the catalogue's sentence with its blanks filled by kinds of things. */
export const eventWords = (type: EventType): string =>
  EVENTS[type]
    .replace('{section}', 'a section')
    .replace('{document}', 'a document')
    .replace('{workspace}', 'the workspace')
    .replace('{role}', 'a role')
    .replace('{target}', type.startsWith('participation') ? 'an organisation' : 'a person')

const GROUPS: Record<string, string> = {
  instance: 'This instance',
  session: 'Sign-in',
  person: 'Accounts',
  workspace: 'Workspace',
  participation: 'Agencies',
  membership: 'People',
  document: 'Documents',
  section: 'Sections',
  boundary: 'Boundaries',
  record: 'Record',
}

/** Every kind of event for a select, under the name of what it is about. */
export const eventOptions = () =>
  (Object.keys(EVENTS) as EventType[]).map((type) => {
    const about = type.slice(0, type.indexOf('.'))
    return { value: type, label: capital(eventWords(type)), group: GROUPS[about] ?? capital(about) }
  })

export const OUTCOME_WORDS: Record<Outcome, string> = {
  allowed: 'Allowed',
  denied: 'Denied',
  failed: 'Failed',
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
