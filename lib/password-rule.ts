/**
 * What a password must be (NIST SP 800-63B-4, section 3.1.1): long, and not easy to guess. No composition rules. Pure, so that
 * the page judges while one types and the server judges again with its dictionaries.
 */
export const PASSWORD_MIN = 15
export const PASSWORD_MAX = 256

/** What is hashed: one spelling per text (Unicode NFKC), so that two keyboards type the same password. */
export const normalisePassword = (typed: string): string => typed.normalize('NFKC')

/** Characters as people count them: code points, not UTF-16 units. */
export const lengthOfPassword = (typed: string): number => [...normalisePassword(typed)].length

const SEQUENCES = ['0123456789012345', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const SHORTEST_RUN = 4
/** Characters that must be left when words anybody would try first, and runs, are taken away. */
const LEAST_OF_ITS_OWN = 8

const runs = [...SEQUENCES, ...SEQUENCES.map((row) => [...row].reverse().join(''))]

const runAt = (text: string, from: number): number => {
  let longest = 0
  for (const row of runs) {
    for (let length = SHORTEST_RUN; row.includes(text.slice(from, from + length)); length++) {
      if (from + length > text.length) break
      longest = Math.max(longest, length)
    }
  }
  const first = text[from]
  let same = 1
  while (first !== undefined && text[from + same] === first) same++
  return Math.max(longest, same >= SHORTEST_RUN ? same : 0)
}

const withoutRuns = (text: string): string => {
  let left = ''
  for (let at = 0; at < text.length; ) {
    const run = runAt(text, at)
    if (run === 0) left += text[at]
    at += Math.max(1, run)
  }
  return left
}

/** "abcabcabc" is three letters, however long it is. */
const repeatedPart = (text: string): string | null => /^(.+?)\1+$/su.exec(text)?.[1] ?? null

/**
 * @param words names that stand close to the account (product, organisation, person, e-mail): worth nothing inside a password
 * @returns what is wrong, as a sentence that says what to do; null if nothing is
 */
export const passwordProblem = (typed: string, words: readonly string[]): string | null => {
  const length = lengthOfPassword(typed)
  if (length < PASSWORD_MIN) {
    const missing = PASSWORD_MIN - length
    return `Too short: ${missing} more ${missing === 1 ? 'character' : 'characters'}. A few words that do not belong together are easy to remember.`
  }
  if (length > PASSWORD_MAX) return `Too long: at most ${PASSWORD_MAX} characters.`
  const text = normalisePassword(typed).toLowerCase()
  const part = repeatedPart(text)
  if (part !== null && [...part].length < PASSWORD_MIN)
    return 'Too easy to guess: it repeats the same characters. Use different words.'
  let own = text
  for (const word of partsOf(words)) own = own.replaceAll(word, '')
  if ([...withoutRuns(own).replace(/\s/gu, '')].length < LEAST_OF_ITS_OWN)
    return 'Too easy to guess: most of it is names of this place or characters in a row. Add other words.'
  return null
}

/** The words themselves and their parts, longest first, so that "county emergency" goes before "county". */
const partsOf = (words: readonly string[]): string[] => {
  const parts = words
    .map((word) => normalisePassword(word).toLowerCase().trim())
    .flatMap((word) => [word, ...word.split(/[^\p{L}\p{N}]+/u)])
  return [...new Set(parts)].filter((part) => part.length >= 3).sort((a, b) => b.length - a.length)
}
