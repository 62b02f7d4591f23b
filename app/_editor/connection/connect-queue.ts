/**
 * Browsers throttle many sockets that open at once (Chromium beyond about twelve), so sections take turns.
 * A turn ends when its holder says so, or after `limitMs`: a server that does not answer must not block the rest.
 */
export class ConnectQueue {
  private running = 0
  private readonly waiting: (() => void)[] = []

  constructor(
    private readonly atOnce = 8,
    private readonly limitMs = 5_000,
  ) {}

  /** @param start is called when it is this one's turn. @returns ends the turn, or gives up the place in line. */
  take(start: () => void): () => void {
    let state: 'waiting' | 'running' | 'over' = 'waiting'
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = () => {
      if (state === 'over') return
      const ran = state === 'running'
      state = 'over'
      clearTimeout(timer)
      if (ran) {
        this.running--
        this.next()
      } else {
        this.waiting.splice(this.waiting.indexOf(begin), 1)
      }
    }
    const begin = () => {
      state = 'running'
      this.running++
      timer = setTimeout(leave, this.limitMs)
      start()
    }
    if (this.running < this.atOnce) begin()
    else this.waiting.push(begin)
    return leave
  }

  private next(): void {
    while (this.running < this.atOnce) {
      const begin = this.waiting.shift()
      if (begin === undefined) return
      begin()
    }
  }
}

/** One line for the whole page. */
export const pageQueue = new ConnectQueue()
