/**
 * Rows as RFC 4180 with every field quoted. A field that a spreadsheet would run as a formula (OWASP, CSV injection: it
 * begins with = + - @, a tab or a carriage return, also after blanks) gets an apostrophe before it.
 */
export const csvOf = (rows: readonly (readonly (string | number | null)[])[]): string =>
  rows.map((row) => `${row.map(fieldOf).join(',')}\r\n`).join('')

const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]|^[\t\r\n]/

const fieldOf = (value: string | number | null): string => {
  if (value === null) return '""'
  const text = typeof value === 'number' ? String(value) : FORMULA.test(value) ? `'${value}` : value
  return `"${text.replaceAll('"', '""')}"`
}
