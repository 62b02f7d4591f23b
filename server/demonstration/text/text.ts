/** The text of a section as plain data. `**` sets bold. */
export type Passage =
  | string
  | { heading: string }
  | { bullets: readonly string[] }
  | { steps: readonly string[] }
  | { checks: readonly (readonly [done: boolean, text: string])[] }
  /** The first row is the header. */
  | { table: readonly (readonly string[])[] }
  | { quote: string }

export type Text = readonly Passage[]
