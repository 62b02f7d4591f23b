import { setImmediate as breathe } from 'node:timers/promises'
import type { Pen } from '@/server/exports/pdf/pen'

export interface Column {
  head: string
  /** Points. */
  width: number
  align?: 'left' | 'right'
}

const PAD = 4
const LINE = '#e1e3e7'

/**
 * A table over as many pages as it takes, its head on each of them. To set a row takes a few milliseconds of the thread that
 * every socket is served by: after each it looks after those first.
 */
export const table = async (
  pen: Pen,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Promise<void> => {
  const { doc, fonts, left, width } = pen
  const use = (font: string) => doc.font(font).fontSize(7.5)
  const heightOf = (cells: readonly string[]) =>
    Math.max(
      9,
      ...cells.map((cell, i) => doc.heightOfString(cell, { width: (columns[i]?.width ?? 0) - PAD })),
    )
  const write = (cells: readonly string[], height: number, colour: string): void => {
    const y = doc.y
    let x = left
    cells.forEach((cell, i) => {
      const { width: cellWidth = 0, align = 'left' } = columns[i] ?? {}
      doc.fillColor(colour).text(cell, x, y, { width: cellWidth - PAD, align })
      x += cellWidth
    })
    doc
      .moveTo(left, y + height + 3)
      .lineTo(left + width, y + height + 3)
      .lineWidth(0.5)
      .stroke(LINE)
    doc.y = y + height + 6
  }
  const head = () => {
    use(fonts.strong)
    const cells = columns.map((column) => column.head)
    write(cells, heightOf(cells), '#535861')
    use(fonts.body)
  }
  head()
  for (const row of rows) {
    const height = heightOf(row)
    const page = doc.bufferedPageRange().count
    pen.room(height + 8)
    if (doc.bufferedPageRange().count !== page) head()
    write(row, height, '#1b1f26')
    await breathe()
  }
}
