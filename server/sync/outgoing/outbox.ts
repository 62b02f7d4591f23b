import type { Duplex } from 'node:stream'
import { LIMITS } from '@/lib/sync/limits'

/**
 * One binary WebSocket frame (RFC 6455 section 5.2), server to client: unmasked, so that one encoding serves every
 * receiver. Written to the socket itself: `ws` would build a header per receiver and message.
 */
export const wireFrame = (message: Uint8Array): Buffer => {
  const { length } = message
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(header + length)
  frame[0] = 0x82
  if (header === 2) frame[1] = length
  else if (header === 4) {
    frame[1] = 126
    frame.writeUInt16BE(length, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(length), 2)
  }
  frame.set(message, header)
  return frame
}

/** A ping without payload. */
export const PING = Buffer.from([0x89, 0x00])

/** Up to here one copy costs less than handing several pieces to the kernel. Bytes. */
const COPIED = 4_096

/** Where everything passes that leaves for clients. */
export interface Door {
  /** Flushes it at the end of this turn. */
  add(outbox: Outbox): void
  /** Asked before every write. @returns false: it is flushed again when it may */
  mayLeave(outbox: Outbox): boolean
}

/**
 * What waits for one receiver in this turn of the event loop, as whole WebSocket frames: one write (one `writev`)
 * however many there are. The kernel call per receiver and message is what costs a fan-out most.
 */
export class Outbox {
  private chunks: Uint8Array[] = []
  /** Bytes in `chunks`. */
  private waiting = 0
  private isHeld = false
  /** Bytes handed over since the start. */
  sentBytes = 0

  constructor(
    private readonly socket: Duplex,
    private readonly door: Door,
    /** The receiver does not keep up: it must be closed. */
    private readonly onTooFarBehind: () => void,
  ) {}

  /** Bytes that the receiver has not taken: in this process, not those in the kernel's buffers. */
  get behind(): number {
    return this.socket.writableLength + this.waiting
  }

  /** Calls once, when nothing waits any more. Only for a receiver that is behind: else there is nothing to empty. */
  whenDrained(call: () => void): void {
    this.socket.once('drain', call)
  }

  push(frame: Uint8Array): void {
    this.chunks.push(frame)
    this.waiting += frame.length
    if (this.chunks.length === 1) this.door.add(this)
  }

  /** What may not leave now stays. */
  flush(): void {
    const { chunks, socket, waiting } = this
    if (chunks.length === 0 || this.isHeld || !this.door.mayLeave(this)) return
    this.discard()
    if (socket.destroyed || socket.writableEnded) return
    this.sentBytes += waiting
    if (chunks.length === 1) socket.write(chunks[0])
    else if (waiting <= COPIED) socket.write(Buffer.concat(chunks, waiting))
    else {
      socket.cork()
      for (const chunk of chunks) socket.write(chunk)
      socket.uncork()
    }
    if (socket.writableLength > LIMITS.behindCloses) this.onTooFarBehind()
  }

  /** Whether this receiver may still be sent anything is being asked. */
  hold(): void {
    this.isHeld = true
  }

  release(): void {
    this.isHeld = false
    this.flush()
  }

  /** What waits never leaves. */
  discard(): void {
    this.chunks = []
    this.waiting = 0
  }
}
