import type { Json } from '@/lib/audit/event'
import type { RecordFilter } from '@/lib/views/record'

/** As zod gives it: what was left out may stand there as undefined. */
export type Loose<Value> = {
  [Key in keyof Value]?:
    | (NonNullable<Value[Key]> extends unknown[] | string ? Value[Key] : Loose<Value[Key]>)
    | undefined
}

/** The filter without what was left out. */
export const asked = (given: Loose<RecordFilter>): RecordFilter => {
  const { not, ...rest } = given
  const left = present(not ?? {})
  return { ...present(rest), ...(Object.keys(left).length > 0 ? { not: left } : {}) } as RecordFilter
}

const present = (value: object) =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined))

/** What was looked for, as the look's own event says it: ids and words of the catalogue. */
export const filterOnRecord = (filter: RecordFilter): Json => filter as unknown as { [field: string]: Json }
