/**
 * What would not be seen, or would change what is seen around it: control characters, invisible and direction-changing ones,
 * halves of pairs, line and paragraph separators.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu

export const codePointName = (character: string): string =>
  `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`

/** The same text with every such character named: a title that runs backwards is seen to, and no log or page is garbled. */
export const visibleText = (text: string): string => text.replace(UNSEEN, codePointName)
