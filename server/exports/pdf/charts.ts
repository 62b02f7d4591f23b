import type { Pen } from '@/server/exports/pdf/pen'

const ALLOWED = '#3f68cf'
const DENIED = '#b3261e'
const GRID = '#d9dce1'

export interface Bar {
  label: string
  allowed: number
  denied: number
}

/** A scale of round numbers from zero: its end, and the steps on the way. */
export const scaleTo = (most: number): { top: number; steps: number[] } => {
  const rough = Math.max(1, most) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? rough)
  const count = Math.max(1, Math.ceil(most / step))
  return { top: step * count, steps: Array.from({ length: count + 1 }, (_, i) => i * step) }
}

const mostOf = (bars: readonly Bar[]) => Math.max(0, ...bars.map(({ allowed, denied }) => allowed + denied))

/** What the colours mean, above the chart. Told apart by place as well: refused stands on top, or to the right. */
const legend = ({ doc, fonts, left }: Pen): void => {
  const y = doc.y
  doc.font(fonts.body).fontSize(8)
  for (const [i, [colour, word]] of [
    [ALLOWED, 'Allowed'] as const,
    [DENIED, 'Denied or failed'] as const,
  ].entries()) {
    const x = left + i * 70
    doc.rect(x, y + 1, 8, 8).fill(colour)
    doc.fillColor('#535861').text(word, x + 12, y, { lineBreak: false })
  }
  doc.y = y + 18
}

/** Columns over time, refused on top of allowed. @param height in points */
export const columns = (pen: Pen, bars: readonly Bar[], height = 170): void => {
  const { doc, fonts, left, width } = pen
  pen.room(height + 50)
  legend(pen)
  const { top, steps } = scaleTo(mostOf(bars))
  const [x0, y0] = [left + 36, doc.y]
  const inner = width - 36
  doc.font(fonts.body).fontSize(7)
  for (const step of steps) {
    const y = y0 + height * (1 - step / top)
    doc
      .moveTo(x0, y)
      .lineTo(x0 + inner, y)
      .lineWidth(0.5)
      .stroke(GRID)
    doc
      .fillColor('#535861')
      .text(step.toLocaleString('en-GB'), left, y - 4, { width: 32, align: 'right', lineBreak: false })
  }
  const each = inner / Math.max(1, bars.length)
  const every = Math.max(1, Math.ceil(62 / each))
  bars.forEach(({ label, allowed, denied }, i) => {
    const x = x0 + i * each + each * 0.1
    const [low, high] = [(height * allowed) / top, (height * denied) / top]
    doc.rect(x, y0 + height - low, each * 0.8, low).fill(ALLOWED)
    if (denied > 0) doc.rect(x, y0 + height - low - high, each * 0.8, high).fill(DENIED)
    if (i % every === 0)
      doc.fillColor('#535861').text(label, x0 + i * each, y0 + height + 4, { width: 62, lineBreak: false })
  })
  doc.y = y0 + height + 22
}

/** One row a thing, its figures at the end: the table is in the chart. */
export const rows = (pen: Pen, bars: readonly Bar[], figuresOf: (bar: Bar) => string): void => {
  const { doc, fonts, left, width } = pen
  pen.room(40 + bars.length * 18)
  legend(pen)
  const { top } = scaleTo(mostOf(bars))
  const [labelWidth, figureWidth] = [170, 110]
  const inner = width - labelWidth - figureWidth
  for (const { label, allowed, denied } of bars) {
    const y = doc.y
    doc.font(fonts.body).fontSize(9).fillColor('#1b1f26')
    doc.text(label, left, y, { width: labelWidth - 8, height: 12, ellipsis: true, lineBreak: false })
    const low = (inner * allowed) / top
    doc.rect(left + labelWidth, y, low, 10).fill(ALLOWED)
    if (denied > 0) doc.rect(left + labelWidth + low, y, (inner * denied) / top, 10).fill(DENIED)
    const figures = figuresOf({ label, allowed, denied })
    doc
      .fillColor('#535861')
      .fontSize(8)
      .text(figures, left + width - figureWidth, y + 1, {
        width: figureWidth,
        align: 'right',
        lineBreak: false,
      })
    doc.y = y + 18
  }
}
