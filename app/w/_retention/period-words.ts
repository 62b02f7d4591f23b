import type { PeriodsView } from '@/lib/views/retention/retention'

export const periodWords = ({ searchableMonths, coldMonths }: PeriodsView): string =>
  `${searchableMonths} months searchable, then ${coldMonths} months in files`

const UNITS = ['B', 'KiB', 'MiB', 'GiB'] as const

/** Three figures at most, with a unit. */
export const sizeWords = (bytes: number): string => {
  let [size, unit] = [bytes, 0]
  while (size >= 1024 && unit < UNITS.length - 1) {
    size /= 1024
    unit++
  }
  return `${size >= 100 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`
}
