import { cleanEmail } from '@/lib/names'

/** What was typed, read; or why it cannot be used, for people. */
type Read<Value> = ({ problem: null } & Value) | { problem: string }

const LETTERS =
  'Only plain letters, digits and hyphens can be used, so that no two addresses look alike. Addresses with accents or other alphabets (also written as “xn--”) are not accepted.'
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** Anybody can get an address there: it says nothing about for whom a person works. Also their best-known sisters. */
const PUBLIC_MAIL = new Set(
  `aol.com bigpond.com btinternet.com comcast.net cox.net duck.com fastmail.com free.fr freenet.de gmail.com gmx.at
   gmx.ch gmx.com gmx.de gmx.net googlemail.com hey.com hotmail.com hotmail.co.uk hotmail.fr hushmail.com icloud.com
   inbox.com laposte.net libero.it live.com live.co.uk mac.com mail.com mail.ru mailbox.org me.com msn.com orange.fr
   outlook.com outlook.de pm.me posteo.de proton.me protonmail.com qq.com rocketmail.com sbcglobal.net sfr.fr t-online.de
   tutanota.com tuta.io verizon.net virgilio.it wanadoo.fr web.de yahoo.com yahoo.co.jp yahoo.co.uk yahoo.de yahoo.fr
   yandex.com yandex.ru ymail.com zoho.com 126.com 163.com`.split(/\s+/),
)

/**
 * A mail domain as an organisation may own it: lower-case ASCII (RFC 5321, RFC 5890 LDH labels), at least two labels, no
 * wildcard, no punycode, nobody's public mail service.
 */
export const readDomain = (typed: string): Read<{ domain: string }> => {
  if (typed !== typed.trim() || /\s/.test(typed)) return no('Leave out spaces.')
  if (typed.includes('@')) return no('Give the part after the @ only, such as “county.example”.')
  if (typed.includes('*'))
    return no('A wildcard cannot be used: each domain counts for exactly itself. Add every one that you use.')
  if (/^\.|\.$|\.\./.test(typed)) return no('Leave out the dot at the beginning or the end.')
  if (!/^[\x21-\x7e]+$/.test(typed)) return no(LETTERS)
  const domain = typed.toLowerCase()
  const labels = domain.split('.')
  if (labels.some((label) => label.startsWith('xn--') || label.slice(2, 4) === '--')) return no(LETTERS)
  if (domain.length > 253 || labels.length < 2 || !labels.every((label) => LABEL.test(label)))
    return no('This is not a mail domain. It looks like “county.example”.')
  if (!/^[a-z]/.test(labels.at(-1) ?? ''))
    return no('A number is no mail domain. It looks like “county.example”.')
  if (PUBLIC_MAIL.has(domain))
    return no(`Anybody can get an address at ${domain}, so it cannot belong to one organisation.`)
  return { problem: null, domain }
}

/** One spelling of an address that may be invited; stricter than what somebody may sign in with. */
export const readAddress = (typed: string): Read<{ email: string; domain: string }> => {
  const email = typed.trim()
  const at = email.lastIndexOf('@')
  if (at < 1 || at === email.length - 1) return no('An address looks like “name@county.example”.')
  if (/["\\(),:;<>[\]]/.test(email))
    return no('Addresses with quotation marks, brackets or comments are not accepted. Use the plain address.')
  if (/\s/.test(email)) return no('An address has no spaces in it.')
  if (email.endsWith('.') || email.slice(0, at).endsWith('.')) return no('Leave out the dot at the end.')
  const clean = cleanEmail(email)
  if (clean === null) return no(`This address cannot be used. ${LETTERS}`)
  const domain = clean.slice(clean.lastIndexOf('@') + 1)
  if (domain.split('.').some((label) => label.slice(2, 4) === '--')) return no(LETTERS)
  return { problem: null, email: clean, domain }
}

const no = (problem: string) => ({ problem })
