import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import type { Level, Role } from '@/lib/policy/vocabulary'
import type { ReviewItemView } from '@/lib/views/asks/review'

export const nameOf = ({ subject }: ReviewItemView): string => {
  if (subject.kind === 'person') return subject.person.name
  return subject.kind === 'org' ? subject.agency.name : subject.name
}

/** "reader here" or "can read: Situation". */
export const whatOf = ({ kind, word, on }: ReviewItemView): string =>
  kind === 'membership'
    ? `${ROLE_WORDS[word as Role].name.toLowerCase()} here`
    : `${levelWords(word as Level).toLowerCase()}: ${on?.title ?? 'everything here'}`

export function ItemSubject({ item }: { item: ReviewItemView }) {
  const { subject } = item
  return (
    <span className="flex flex-wrap items-center gap-x-2">
      <span className="font-medium">{nameOf(item)}</span>
      <AgencyTag agency={subject.kind === 'person' ? subject.person.org : subject.agency} />
    </span>
  )
}
