import { createServer, type Server, type Socket, connect as tcp } from 'node:net'

/** How one direction of a link is. */
export interface Lane {
  /** False: nothing comes through, nothing is lost (TCP sends it again when it heals), and nobody is told. */
  open: boolean
  latencyMs: number
  /** Infinity: as fast as it goes. */
  bytesPerSecond: number
}

const clear = (): Lane => ({ open: true, latencyMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY })

/** Bytes that one direction holds back before it stops reading. */
const HOLDS = 256 * 1024

/**
 * A TCP proxy whose links can be bad: late, slow, cut in one or both directions, reset, or half-open (one end is gone
 * and the other is not told). Faults apply to connections that are there and to those that come.
 */
export class FaultProxy {
  /** From whoever connects to the target, and back. */
  readonly out = clear()
  readonly back = clear()
  private readonly links = new Set<Link>()

  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** @param target is asked at every connection: a server that starts again may have another port */
  static async listen(target: () => number): Promise<FaultProxy> {
    const server = createServer({ noDelay: true, allowHalfOpen: true })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('no port')
    const proxy = new FaultProxy(server, address.port)
    server.on('connection', (client) => {
      const link = new Link(client, target, proxy, () => proxy.links.delete(link))
      proxy.links.add(link)
    })
    return proxy
  }

  get connections(): number {
    return this.links.size
  }

  /** A lane has changed: what was held back may go. */
  apply(): void {
    for (const link of this.links) link.pump()
  }

  heal(): void {
    Object.assign(this.out, clear())
    Object.assign(this.back, clear())
    this.apply()
  }

  /** Both ends of every connection are told that it is over (RST). */
  reset(): void {
    for (const link of [...this.links]) link.reset()
  }

  /** One end of every connection goes, and the other hears nothing more, ever. */
  halfOpen(gone: 'client' | 'server'): void {
    for (const link of [...this.links]) link.halfOpen(gone)
  }

  async close(): Promise<void> {
    for (const link of [...this.links]) link.reset()
    await new Promise((resolve) => this.server.close(resolve))
  }
}

class Link {
  private upstream: Socket | null = null
  private readonly out: Pump
  private readonly back: Pump
  private silent = false

  constructor(
    private readonly client: Socket,
    private readonly target: () => number,
    private readonly proxy: FaultProxy,
    private readonly onOver: () => void,
  ) {
    this.out = new Pump(proxy.out, client)
    this.back = new Pump(proxy.back, null)
    client.on('error', () => undefined)
    client.on('close', (broken) => this.ended(broken))
    this.pump()
  }

  pump(): void {
    // A first packet that is lost opens nothing: the target hears of a connection when both ways are open.
    if (this.upstream === null && !this.silent && this.proxy.out.open && this.proxy.back.open) this.dial()
    this.out.run()
    this.back.run()
  }

  reset(): void {
    this.client.resetAndDestroy()
    this.upstream?.resetAndDestroy()
    this.over()
  }

  halfOpen(gone: 'client' | 'server'): void {
    this.silent = true
    this.out.stop()
    this.back.stop()
    if (gone === 'client') this.client.resetAndDestroy()
    else this.upstream?.resetAndDestroy()
  }

  private dial(): void {
    const upstream = tcp({ port: this.target(), host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
    this.upstream = upstream
    upstream.on('error', () => undefined)
    upstream.on('close', (broken) => this.ended(broken))
    this.out.to = upstream
    this.back.read(upstream)
    this.back.to = this.client
  }

  /** An orderly end goes through the pumps, after what was said before it. One that broke is passed on at once. */
  private ended(broken: boolean): void {
    const both = this.client.closed && (this.upstream?.closed ?? true)
    if (both || (broken && !this.silent)) this.over()
  }

  private over(): void {
    this.out.stop()
    this.back.stop()
    this.client.destroy()
    this.upstream?.destroy()
    this.onOver()
  }
}

/** One direction of one connection: bytes wait until the lane lets them through, in order. */
class Pump {
  to: Socket | null = null
  private from: Socket | null = null
  private readonly waiting: { chunk: Buffer; due: number }[] = []
  private held = 0
  private lastDue = 0
  private timer: NodeJS.Timeout | null = null
  private stopped = false
  private last = false

  constructor(
    private readonly lane: Lane,
    from: Socket | null,
  ) {
    if (from !== null) this.read(from)
  }

  read(from: Socket): void {
    this.from = from
    from.on('data', (chunk: Buffer) => {
      if (this.stopped) return
      const takes = (chunk.length / this.lane.bytesPerSecond) * 1000
      this.lastDue = Math.max(performance.now() + this.lane.latencyMs, this.lastDue) + takes
      this.waiting.push({ chunk, due: this.lastDue })
      this.held += chunk.length
      if (this.held > HOLDS) from.pause()
      this.run()
    })
    from.on('end', () => {
      this.last = true
      this.run()
    })
  }

  run(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    if (this.stopped || this.to === null || !this.lane.open) return
    const now = performance.now()
    for (;;) {
      const next = this.waiting[0]
      if (next === undefined) break
      if (next.due > now && this.lane.latencyMs + 1 / this.lane.bytesPerSecond > 0) {
        this.timer = setTimeout(() => this.run(), next.due - now)
        return
      }
      this.waiting.shift()
      this.held -= next.chunk.length
      if (!this.to.destroyed) this.to.write(next.chunk)
    }
    if (this.last) this.to.end()
    if (this.from?.isPaused() && this.held <= HOLDS) this.from.resume()
  }

  stop(): void {
    this.stopped = true
    if (this.timer !== null) clearTimeout(this.timer)
    this.waiting.length = 0
  }
}
