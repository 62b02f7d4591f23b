import type { Id } from '@/lib/ids'
import { type Fault, pause } from '@/tests/faults/run/fault'
import { Replica } from '@/tests/faults/run/replica'
import { seeded } from '@/tests/support/seeded'

const WRITE = 'update section_updates set bytes = $3 where section_id = $1 and seq = $2'

/**
 * A stored row that is not what was written, in a section of its own: it must be read-only at its last good version while
 * all others go on, be on record, and be whole again when the row is.
 */
export const corruptRow: Fault = {
  name: 'a corrupt stored row',
  weight: 2,
  missing: () => null,
  async run(bed) {
    const { process } = bed.someNode
    const [section] = await process.insist<Id[]>({ what: 'sections', count: 1 })
    const cookie = process.ready?.cookies[3] ?? ''
    const open = () => new Replica(3, section as Id, 'spoilt', process.port, cookie)
    const until = async (what: string, fits: () => boolean | Promise<boolean>) => {
      const began = performance.now()
      while (!(await fits())) {
        if (performance.now() - began > 20_000) {
          bed.violations.push(`a corrupt row: ${what} did not come`)
          return
        }
        await pause(20)
      }
    }
    const writer = open()
    const always = seeded(1)
    for (let i = 0; i < 3; i++) {
      await until('a save', () => (writer.saved && writer.text !== '') || (i === 0 && writer.saved))
      writer.type(() => 0.5 + always() / 2)
      await until('a save', () => writer.saved)
    }
    writer.destroy()
    const query = (text: string, ...values: unknown[]) =>
      process.query<{ bytes: Uint8Array }>(text, ...values)
    const [row] = await query('select bytes from section_updates where section_id = $1 and seq = 2', section)
    const bad = Uint8Array.from(row?.bytes ?? [])
    bad[bad.length >> 1] = (bad[bad.length >> 1] as number) ^ 255
    await query('alter table section_updates disable trigger section_updates_kept')
    await query(WRITE, section, 2, bad)
    // What was in memory must go, or nobody reads the row.
    await process.killAndStart()
    const reader = open()
    await until('the last good version', () => reader.text === writer.typed[0])
    const said = await process.query<{ n: number }>(
      `select count(*) as n from audit_inbox where section_id = $1 and type = 'section.damaged'`,
      section,
    )
    if (said[0]?.n !== 1) bed.violations.push('a corrupt row is not on record')
    await query(WRITE, section, 2, row?.bytes)
    await query('alter table section_updates enable always trigger section_updates_kept')
    await until('the whole text, once the row was put back', () => reader.text === writer.typed.join(''))
    reader.destroy()
  },
}
