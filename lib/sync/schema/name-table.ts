/**
 * Looks names up by their bytes: nothing is decoded, nothing is made. For the few dozen names of a schema, among which
 * the length and the first bytes nearly always decide.
 */
export class NameTable {
  private readonly byLength: { bytes: Uint8Array; at: number }[][] = []

  /** @param names their places in this list are what `find` answers */
  constructor(names: readonly string[]) {
    const encoder = new TextEncoder()
    names.forEach((name, at) => {
      const bytes = encoder.encode(name)
      const same = this.byLength[bytes.length] ?? []
      same.push({ bytes, at })
      this.byLength[bytes.length] = same
    })
  }

  /** @returns the name's place in the list; -1 if what lies there is none of them. */
  find(bytes: Uint8Array, from: number, to: number): number {
    const candidates = this.byLength[to - from]
    if (candidates === undefined) return -1
    for (const candidate of candidates) {
      let i = 0
      while (i < candidate.bytes.length && candidate.bytes[i] === bytes[from + i]) i++
      if (i === candidate.bytes.length) return candidate.at
    }
    return -1
  }
}
