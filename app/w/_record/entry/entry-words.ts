import { utcToTheSecond } from '@/app/_components/marks/time-words'
import type { RecordEventView } from '@/lib/views/desk'

const number = (n: number) => n.toLocaleString('en')
const agencies = (n: number) => (n === 1 ? '1 agency' : `${number(n)} agencies`)

/** "In the tree as entry 48,213 of 48,900; sealed by 2 agencies at 2026-03-03 14:05:09 UTC." */
export const placeWords = ({ place, seal }: Pick<RecordEventView, 'place' | 'seal'>): string => {
  if (place === null)
    return 'Accepted, and not yet put into the order of the record. That takes less than a second; look again.'
  const where = `In the tree as entry ${number(place.entry)} of ${number(place.size)}`
  return seal === null
    ? `${where}; not sealed by other agencies yet.`
    : `${where}; sealed by ${agencies(seal.by)} of ${number(seal.of)} at ${utcToTheSecond(new Date(seal.at))}.`
}
