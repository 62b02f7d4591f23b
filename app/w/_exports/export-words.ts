import type { ExportFormat, ExportState } from '@/lib/views/record/record-export'

export const FORMATS: Record<ExportFormat, { label: string; says: string }> = {
  bundle: {
    label: 'Bundle with proofs',
    says: 'A ZIP with every entry that you may see, all leaf hashes, the signed heads, and the program that checks them without this server. It holds the whole record up to the newest signed head: what a filter left out could not be proved.',
  },
  csv: {
    label: 'Table (CSV)',
    says: 'One line an entry, for a spreadsheet. It begins with a byte order mark, so that Excel reads names correctly; cells that would run as formulas begin with an apostrophe.',
  },
  pdf: {
    label: 'Report (PDF)',
    says: 'A cover with what was asked and how far the record is sealed, charts and figures, and the newest 500 entries: for the file.',
  },
}

export const STATES: Record<ExportState, string> = {
  waiting: 'Waiting',
  running: 'Being made',
  done: 'Ready',
  failed: 'Could not be made',
  cancelled: 'Called off',
  expired: 'Deleted after its time',
}

const UNITS = ['bytes', 'kB', 'MB', 'GB', 'TB'] as const

/** "4.2 MB": powers of a thousand, as files are sized elsewhere. */
export const sizeWords = (bytes: number): string => {
  let size = bytes
  let unit = 0
  while (size >= 1_000 && unit < UNITS.length - 1) {
    size /= 1_000
    unit++
  }
  return `${unit === 0 || size >= 100 ? Math.round(size) : size.toFixed(1)} ${UNITS[unit]}`
}

export const countWords = (n: number, one: string, many: string): string =>
  `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`
