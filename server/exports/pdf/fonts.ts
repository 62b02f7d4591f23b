import { createRequire } from 'node:module'
import { type Font, openSync } from 'fontkit'
import { codePointName, visibleText } from '@/lib/visible-text'

export interface ReportFonts {
  body: string
  strong: string
  /** Text as it can be printed. */
  printable(text: string): string
}

const require = createRequire(import.meta.url)

/** The screen's own typeface, whole: what is not in it is named by its number, never a blank box. */
export const openFonts = (): ReportFonts => {
  const body = require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf')
  const font = openSync(body) as Font
  return {
    body,
    strong: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
    printable: (text) =>
      [...visibleText(text.normalize('NFC'))]
        .map((character) =>
          font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0) ? character : codePointName(character),
        )
        .join(''),
  }
}
