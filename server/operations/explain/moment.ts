import { DomainError } from '@/lib/errors'

/** @returns milliseconds since the epoch; null for now. @throws DomainError `invalid` for what has not happened yet */
export const pastMoment = (given: string | null, now: Date): number | null => {
  if (given === null) return null
  const moment = Date.parse(given)
  if (moment > now.getTime())
    throw new DomainError('invalid', 'That moment has not come yet. Choose one that has passed.')
  return moment
}
