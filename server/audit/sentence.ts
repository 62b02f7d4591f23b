import { EVENTS, type EventType, type Outcome } from '@/lib/audit/catalogue'
import { QUESTIONS, type QuestionId } from '@/lib/audit/questions'

export interface SentenceParts {
  type: EventType
  outcome: Outcome
  section: string | null
  document: string | null
  workspace: string | null
  target: string | null
  role: string | null
  volume: Readonly<Record<string, number>>
  /** ISO 8601: until when what was given holds. */
  until?: string | null
  /** The level or ceiling that was given. */
  level?: string | null
  /** The desk's question that a look at the record answered. */
  question?: string | null
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

const count = (n: number, one: string, many: string) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`

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

/** What volumes count, as people say it. The first that an event has is said. */
const COUNTED: readonly (readonly [key: string, one: string, many: string])[] = [
  ['entries', 'entry', 'entries'],
  ['rows', 'entry', 'entries'],
  ['sections', 'section', 'sections'],
  ['documents', 'document', 'documents'],
  ['people', 'person', 'people'],
  ['members', 'person', 'people'],
  ['memberships', 'membership', 'memberships'],
  ['sessions', 'session', 'sessions'],
  ['requests', 'request', 'requests'],
  ['releases', 'release', 'releases'],
  ['reviews', 'review', 'reviews'],
  ['items', 'item', 'items'],
  ['endings', 'ending', 'endings'],
  ['offers', 'offer', 'offers'],
  ['invitations', 'invitation', 'invitations'],
  ['workspaces', 'workspace', 'workspaces'],
  ['organisations', 'organisation', 'organisations'],
  ['groups', 'group', 'groups'],
  ['notices', 'notice', 'notices'],
  ['mails', 'mail', 'mails'],
  ['versions', 'version', 'versions'],
  ['looks', 'emergency look', 'emergency looks'],
  ['authors', 'author', 'authors'],
  ['updates', 'update', 'updates'],
]

/** What is behind the words: how much, who gains, until when. */
function countsOf(parts: SentenceParts): string {
  const said = [editsOf(parts), gainsOf(parts), amountOf(parts), levelOf(parts), untilOf(parts)].filter(
    Boolean,
  )
  const asked = parts.question && Object.hasOwn(QUESTIONS, parts.question)
  const question = asked ? `: “${QUESTIONS[parts.question as QuestionId].title}”` : ''
  return question + (said.length === 0 ? '' : ` (${said.join(', ')})`)
}

function editsOf({ type, volume: { frames, deleted_others: taken } }: SentenceParts): string {
  if (type !== 'section.edit_closed' || frames === undefined) return ''
  const changes = count(frames, 'change', 'changes')
  return taken ? `${changes}, ${count(taken, 'character', 'characters')} of others deleted` : changes
}

/** `raised` of those who gain had some access before, `lowered` of those who lose keep some. */
function gainsOf({ volume: { gain, lose, raised = 0, lowered = 0 } }: SentenceParts): string {
  if (gain === undefined && lose === undefined) return ''
  if (!gain && !lose) return 'nobody’s access changes'
  const said: [number, one: string, many: string][] = [
    [(gain ?? 0) - raised, 'person gains access', 'people gain access'],
    [raised, 'person gains a higher level', 'people gain a higher level'],
    [(lose ?? 0) - lowered, 'person loses access', 'people lose access'],
    [lowered, 'person keeps a lower level', 'people keep a lower level'],
  ]
  return said
    .filter(([n]) => n > 0)
    .map(([n, one, many]) => count(n, one, many))
    .join(', ')
}

function amountOf({ volume }: SentenceParts): string {
  const found = COUNTED.find(([key]) => volume[key] !== undefined)
  return found ? count(volume[found[0]] as number, found[1], found[2]) : ''
}

const levelOf = ({ level }: SentenceParts): string => (level ? `at most “${level}”` : '')

/** "until 2026-03-03 14:05 UTC" */
const untilOf = ({ until }: SentenceParts): string =>
  until && !Number.isNaN(Date.parse(until))
    ? `until ${new Date(until).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : ''
