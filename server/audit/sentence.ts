import { EVENTS, type EventType, type Outcome } from '@/lib/audit/catalogue'

export interface SentenceParts {
  type: EventType
  outcome: Outcome
  section: string | null
  document: string | null
  workspace: string | null
  target: string | null
  role: string | null
  volume: Readonly<Record<string, number>>
}

const UNKNOWN = {
  section: 'a section',
  document: 'a document',
  workspace: 'the workspace',
  target: 'someone',
  role: 'another role',
}

/** These say by themselves that nothing was let through. */
const SAYS_NO: ReadonlySet<EventType> = new Set([
  'session.refused',
  'section.frame_refused',
  'section.access_lost',
])

const count = (n: number, one: string, many: string) => `${n} ${n === 1 ? one : many}`

/** What happened, in words, without the actor: "opened Shelters and capacity". Titles and names only, never content. */
export function sentenceOf(parts: SentenceParts): string {
  const template: string = EVENTS[parts.type] ?? parts.type
  const said = template.replace(
    /\{(section|document|workspace|target|role)\}/g,
    (_, key: keyof typeof UNKNOWN) => {
      return parts[key] ?? UNKNOWN[key]
    },
  )
  const counted = said + countsOf(parts)
  if (parts.outcome === 'allowed' || SAYS_NO.has(parts.type)) return counted
  return parts.outcome === 'denied' ? `was refused: ${counted}` : `could not finish: ${counted}`
}

function countsOf({ type, volume }: SentenceParts): string {
  const { frames, gain, lose, deleted_others: taken } = volume
  if (type === 'section.edit_closed' && frames !== undefined) {
    const changes = count(frames, 'change', 'changes')
    return taken
      ? ` (${changes}, ${count(taken, 'character', 'characters')} of others deleted)`
      : ` (${changes})`
  }
  if (type.startsWith('boundary.') && gain !== undefined && lose !== undefined) {
    return ` (${gain} gain, ${lose} lose)`
  }
  return ''
}
