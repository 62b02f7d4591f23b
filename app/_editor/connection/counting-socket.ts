import { MESSAGE, SYNC } from '@/lib/sync/protocol'

export interface WriteCounts {
  /** Write frames (step 2 and update) that this socket has sent. */
  sent: number
  /** Of them, how many the server has committed. */
  committed: number
  /** Whether a step 2 is among them: until then the server drops updates, for the step 2 repeats them. */
  step2Sent: boolean
}

/**
 * A WebSocket that counts its write frames: "Saved" is the server's count having reached ours. The counts start
 * anew with every socket, as the server's do.
 */
export const countingSocket = (
  Base: typeof WebSocket,
  onOpenSocket: (counts: WriteCounts) => void,
): typeof WebSocket =>
  class extends Base {
    private readonly counts: WriteCounts = { sent: 0, committed: 0, step2Sent: false }

    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols)
      onOpenSocket(this.counts)
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      // Frame numbers are below 128: the first two bytes are the first two varints.
      if (data instanceof Uint8Array && data[0] === MESSAGE.sync && data[1] !== SYNC.step1) {
        this.counts.sent++
        if (data[1] === SYNC.step2) this.counts.step2Sent = true
      }
      super.send(data)
    }
  }
