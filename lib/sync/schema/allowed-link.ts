const ALLOWED = new Set(['http:', 'https:', 'mailto:'])

/**
 * True for links that may stand in a text: absolute http, https or mailto. Asked whenever a link is typed, pasted,
 * imported or drawn, and by the gate: a `javascript:` link in a raw update reaches nobody.
 */
export const isAllowedLink = (href: unknown): boolean => {
  if (typeof href !== 'string') return false
  try {
    return ALLOWED.has(new URL(href.trim()).protocol)
  } catch {
    return false
  }
}
