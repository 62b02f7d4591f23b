import { createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import PDFDocument from 'pdfkit'
import { type Bar, columns, rows } from '@/server/exports/pdf/charts'
import { openFonts } from '@/server/exports/pdf/fonts'
import { type Pen, penOf } from '@/server/exports/pdf/pen'
import { PRINTED, type Report, type Unit, utcWords } from '@/server/exports/pdf/read-report'
import { table } from '@/server/exports/pdf/table'

const count = (n: number) => n.toLocaleString('en-GB')

/** A4, its own fonts, every text printable; charts drawn as lines and areas. One page after the other goes to the file. */
export const writeReport = async (report: Report, madeAt: Date, path: string): Promise<void> => {
  const fonts = openFonts()
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 56, bottom: 64, left: 50, right: 50 },
    bufferPages: true,
    lang: 'en',
    info: { Title: 'Report from the record', Author: 'Liaison', CreationDate: madeAt, ModDate: madeAt },
    font: fonts.body,
  })
  const out = pipeline(doc, createWriteStream(path))
  const pen = penOf(doc, fonts)
  cover(pen, report, madeAt)
  await figures(pen, report)
  await entries(pen, report)
  numberPages(pen, fonts.printable(report.workspace))
  doc.end()
  await out
}

const cover = (pen: Pen, report: Report, madeAt: Date): void => {
  const { doc, fonts, left, width } = pen
  const { printable } = fonts
  doc
    .font(fonts.strong)
    .fontSize(24)
    .fillColor('#1b1f26')
    .text('Report from the record', left, 130, { width })
  doc.font(fonts.body).fontSize(14).fillColor('#535861').text(printable(report.workspace), { width })
  doc.y += 24
  pen.heading('What was asked')
  pen.facts(report.question.map(([label, value]) => [label, printable(value)]))
  pen.heading('What this is')
  pen.facts([
    ['Scope', report.scope],
    ['Entries', `${count(report.total)}, of them ${count(report.denied)} denied or failed`],
    [
      'First and last',
      report.period === null ? 'None' : `${utcWords(report.period.from)} – ${utcWords(report.period.until)}`,
    ],
    ['Asked by', `${printable(report.askedBy.name)} (${report.askedBy.agency})`],
    ['Reason', report.reason.split('\n').map(printable).join('\n')],
    ['Made', utcWords(madeAt)],
  ])
  pen.heading('What stands behind it')
  pen.facts(sealOf(report.head))
  pen.text(
    'A report is not proof by itself. The bundle of the same record holds what is needed to check it without its host: every leaf hash, the signed heads, and the verifier.',
  )
}

const agencies = (n: number): string => `${count(n)} ${n === 1 ? 'agency' : 'agencies'}`

/** Until where the record could no longer be changed unseen when this was made, and by whose word. */
const sealOf = ({ size, signed, sealed, of, needed }: Report['head']): [string, string][] => [
  ['The tree', `${count(size)} entries when this was made`],
  ['Signed head', signed === null ? 'None yet' : `${count(signed.size)} entries, ${utcWords(signed.at)}`],
  [
    'Sealed',
    sealed === null
      ? needed === 0
        ? 'No: no other agency’s word counts here'
        : `No: ${count(needed)} of ${agencies(of)} are needed`
      : `${count(sealed.size)} entries, by ${count(sealed.by)} of ${agencies(of)} besides the host, ${utcWords(sealed.at)}`,
  ],
  ...((sealed ?? signed) === null
    ? []
    : [
        [sealed === null ? 'Signed root' : 'Sealed root', (sealed ?? signed)?.root ?? ''] as [string, string],
      ]),
]

const figures = async (pen: Pen, report: Report): Promise<void> => {
  const { printable } = pen.fonts
  pen.doc.addPage()
  pen.heading('Activity over time')
  pen.text(`Entries by ${report.unit}, in UTC.`)
  const overTime = report.overTime.map(
    ({ at, ...counts }): Bar => ({ label: labelOf(at, report.unit), ...counts }),
  )
  if (overTime.length === 0) pen.text('No entries.')
  else {
    columns(pen, overTime)
    const busiest = [...overTime].sort((a, b) => b.allowed + b.denied - a.allowed - a.denied).slice(0, 10)
    pen.text(overTime.length > 10 ? `The ten with the most, of ${overTime.length}:` : 'In figures:')
    await table(
      pen,
      [
        {
          head: `${report.unit === 'hour' ? 'Hour' : report.unit === 'day' ? 'Day' : 'Month'} (UTC)`,
          width: 160,
        },
        { head: 'Allowed', width: 90, align: 'right' },
        { head: 'Denied or failed', width: 110, align: 'right' },
        { head: 'All', width: 90, align: 'right' },
      ],
      busiest.map(({ label, allowed, denied }) => [
        label,
        count(allowed),
        count(denied),
        count(allowed + denied),
      ]),
    )
  }
  pen.heading('By agency')
  if (report.byAgency.length === 0) pen.text('No entries.')
  else
    rows(
      pen,
      report.byAgency.map(({ name, ...counts }) => ({ label: printable(name), ...counts })),
      ({ allowed, denied }) => `${count(allowed)} allowed · ${count(denied)} not`,
    )
  pen.heading('Denials by rule')
  if (report.denials.length === 0) pen.text('Nothing was denied.')
  else
    rows(
      pen,
      report.denials.map(({ rule, count: denied }) => ({ label: rule, allowed: 0, denied })),
      ({ denied }) => count(denied),
    )
}

const labelOf = (at: Date, unit: Unit): string => {
  const text = at.toISOString()
  if (unit === 'month') return text.slice(0, 7)
  return unit === 'day' ? text.slice(0, 10) : `${text.slice(5, 10)} ${text.slice(11, 16)}`
}

const entries = async (pen: Pen, { rows: shown, total }: Report): Promise<void> => {
  const { printable } = pen.fonts
  pen.doc.addPage()
  pen.heading('Entries')
  if (shown.length === 0) return pen.text('No entries.')
  pen.text(
    total > shown.length
      ? `The newest ${PRINTED} of ${count(total)}. The CSV and the bundle hold all of them.`
      : 'All of them, newest first.',
  )
  await table(
    pen,
    [
      { head: 'Time (UTC)', width: 84 },
      { head: 'Who', width: 100 },
      { head: 'What happened', width: 148 },
      { head: 'On', width: 113 },
      { head: 'Outcome', width: 50 },
    ],
    shown.map((row) => [
      row.at.slice(0, 19).replace('T', ' '),
      row.actor === null ? 'Nobody signed in' : `${printable(row.actor.name)} (${row.actor.orgShortCode})`,
      printable(row.sentence),
      printable(row.object.title ?? ''),
      `${row.outcome}${row.rule === null || row.outcome === 'allowed' ? '' : ` ${row.rule}`}`,
    ]),
  )
}

const numberPages = ({ doc, fonts, left, width }: Pen, title: string): void => {
  const { start, count: pages } = doc.bufferedPageRange()
  for (let page = start; page < start + pages; page++) {
    doc.switchToPage(page)
    // Below the margin: there pdfkit would begin a new page by itself.
    const bottom = doc.page.margins.bottom
    doc.page.margins.bottom = 0
    doc.font(fonts.body).fontSize(8).fillColor('#535861')
    const y = doc.page.height - 40
    doc.text(title, left, y, { width: width - 90, height: 10, ellipsis: true, lineBreak: false })
    doc.text(`Page ${page + 1} of ${pages}`, left + width - 90, y, {
      width: 90,
      align: 'right',
      lineBreak: false,
    })
    doc.page.margins.bottom = bottom
  }
}
