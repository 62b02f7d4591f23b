import { EVENTS, type EventType } from '@/lib/audit/catalogue'

/** "section.opened" → "opened a section": the catalogue's sentence with its blanks filled by kinds of things. */
export const eventWords = (type: EventType): string =>
  (EVENTS[type] ?? type)
    .replace('{section}', 'a section')
    .replace('{document}', 'a document')
    .replace('{workspace}', 'the workspace')
    .replace('{role}', 'a role')
    .replace('{target}', type.startsWith('participation') ? 'an organisation' : 'a person')
