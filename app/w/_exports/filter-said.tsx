import { chipsOf, namesOf } from '@/app/w/_record/filter/filter-words'
import type { RecordChoicesView, RecordFilter } from '@/lib/views/record'

/** What an export was narrowed by, in words. */
export function FilterSaid({ filter, choices }: { filter: RecordFilter; choices: RecordChoicesView }) {
  const { asked, left, others } = chipsOf(filter, namesOf(choices, new Map()))
  const words = [...asked, ...left, ...others].map(({ text }) => text)
  return words.length === 0 ? 'Everything' : words.join(' · ')
}
