type OnFrame = (opcode: number, bytes: Buffer, begin: number, end: number) => void

/** Cuts a server's bytes into WebSocket frames. Large frames are put together once, when they are whole. */
export class FrameReader {
  private held: Buffer[] = []
  private heldBytes = 0
  private needed = 2

  constructor(private readonly onFrame: OnFrame) {}

  push(chunk: Buffer): void {
    if (this.heldBytes === 0) {
      this.read(chunk)
      return
    }
    this.held.push(chunk)
    this.heldBytes += chunk.length
    if (this.heldBytes < this.needed) return
    const all = Buffer.concat(this.held, this.heldBytes)
    this.held = []
    this.heldBytes = 0
    this.read(all)
  }

  private read(bytes: Buffer): void {
    let at = 0
    for (;;) {
      const left = bytes.length - at
      const short = left < 2 ? 0 : (bytes[at + 1] as number) & 127
      const header = short < 126 ? 2 : short === 126 ? 4 : 10
      if (left < header) {
        this.hold(bytes, at, header)
        return
      }
      const length =
        header === 2
          ? short
          : header === 4
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2))
      if (left < header + length) {
        this.hold(bytes, at, header + length)
        return
      }
      this.onFrame(bytes[at] as number, bytes, at + header, at + header + length)
      at += header + length
    }
  }

  private hold(bytes: Buffer, at: number, needed: number): void {
    this.needed = needed
    if (at === bytes.length) return
    this.held.push(bytes.subarray(at))
    this.heldBytes = bytes.length - at
  }
}
