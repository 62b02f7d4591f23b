import type { ReportFonts } from '@/server/exports/pdf/fonts'

const INK = '#1b1f26'
const QUIET = '#535861'

/** A page with its margins, and the few ways in which a report writes on it. */
export interface Pen {
  doc: PDFKit.PDFDocument
  fonts: ReportFonts
  left: number
  width: number
  /** Begins a page unless so many points are left on this one. */
  room(points: number): void
  heading(text: string): void
  text(text: string): void
  /** Label and value, set beside each other. */
  facts(pairs: readonly (readonly [string, string])[]): void
}

export const penOf = (doc: PDFKit.PDFDocument, fonts: ReportFonts): Pen => {
  const { left, right, bottom } = doc.page.margins
  const width = doc.page.width - left - right
  const pen: Pen = {
    doc,
    fonts,
    left,
    width,
    room(points) {
      if (doc.y + points > doc.page.height - bottom) doc.addPage()
    },
    heading(text) {
      pen.room(90)
      if (doc.y > doc.page.margins.top) doc.y += 14
      doc.font(fonts.strong).fontSize(13).fillColor(INK).text(text, left, doc.y, { width })
      doc.y += 6
    },
    text(text) {
      doc.font(fonts.body).fontSize(9.5).fillColor(QUIET).text(text, left, doc.y, { width, lineGap: 2 })
      doc.y += 6
    },
    facts(pairs) {
      for (const [label, value] of pairs) {
        doc.font(fonts.body).fontSize(9.5)
        const height = doc.heightOfString(value, { width: width - 130, lineGap: 2 })
        pen.room(height + 5)
        const y = doc.y
        doc.fillColor(QUIET).text(label, left, y, { width: 122 })
        doc.fillColor(INK).text(value, left + 130, y, { width: width - 130, lineGap: 2 })
        doc.y = y + Math.max(height, 12) + 5
      }
    },
  }
  return pen
}
