/** Writes lib0's encodings into one growing buffer. */
export class ByteWriter {
  private bytes: Uint8Array
  private at = 0

  constructor(capacity = 64) {
    this.bytes = new Uint8Array(capacity)
  }

  private room(length: number): void {
    if (this.at + length <= this.bytes.length) return
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + length))
    grown.set(this.bytes.subarray(0, this.at))
    this.bytes = grown
  }

  /** @param value a whole number from 0 to 2^53 - 1. */
  varUint(value: number): void {
    this.room(8)
    let rest = value
    while (rest > 127) {
      this.bytes[this.at++] = 128 | (rest % 128)
      rest = Math.floor(rest / 128)
    }
    this.bytes[this.at++] = rest
  }

  raw(bytes: Uint8Array): void {
    this.room(bytes.length)
    this.bytes.set(bytes, this.at)
    this.at += bytes.length
  }

  /** Length-prefixed bytes. */
  run(bytes: Uint8Array): void {
    this.varUint(bytes.length)
    this.raw(bytes)
  }

  text(value: string): void {
    this.run(encoder.encode(value))
  }

  take(): Uint8Array {
    return this.bytes.subarray(0, this.at)
  }
}

const encoder = new TextEncoder()
