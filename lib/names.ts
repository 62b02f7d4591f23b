/**
 * Names of people and organisations as others will see them. Refused: control characters, invisible and direction-changing
 * ones (Unicode Cc, Cf, Co, Cs, Zl, Zp), which could make one name look like another or garble a log.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/u

/** @returns the name in one spelling (NFC, single spaces), or null if it is empty, too long or unsafe */
export const cleanName = (typed: string, longest = 80): string | null => {
  const name = typed.normalize('NFC').replace(/ +/g, ' ').trim()
  if (name === '' || [...name].length > longest || UNSAFE.test(name)) return null
  return /[\p{L}\p{N}]/u.test(name) ? name : null
}

const EMAIL =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/

/**
 * One spelling per address: trimmed, lower case. Only ASCII and no quoted local parts, so that no two addresses look alike;
 * asked before lower-casing, because "K" (KELVIN SIGN) becomes an ordinary "k".
 * @returns null if it is not such an address
 */
export const cleanEmail = (typed: string): string | null => {
  const trimmed = typed.trim()
  if (trimmed.length > 254 || !PRINTABLE_ASCII.test(trimmed)) return null
  const email = trimmed.toLowerCase()
  return EMAIL.test(email) && email.indexOf('@') <= 64 ? email : null
}

/** Two to six capital letters or digits, the first a letter. */
export const cleanShortCode = (typed: string): string | null => {
  const code = typed.trim()
  return /^[A-Za-z][A-Za-z0-9]{1,5}$/.test(code) ? code.toUpperCase() : null
}
