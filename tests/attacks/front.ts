import { type ChildProcess, fork } from 'node:child_process'
import { createHash } from 'node:crypto'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { AccessScope } from '@/server/policy/access-scope'
import type { FrontQuestion, FrontReady } from '@/tests/attacks/front-node'
import { freePort } from '@/tests/support/server'
import { testEnv } from '@/tests/support/services'
import { openRaw, type RawClient } from '@/tests/support/sync/sync-raw-client'

const ENTRY = fileURLToPath(new URL('./front-node.ts', import.meta.url))
const PASSWORD = 'heron under the old bridge'

/** The running server, seen from outside. */
export class Front {
  private asked = 0
  private said = ''

  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    readonly ready: FrontReady,
    said: string,
  ) {
    this.said = said
    this.child.stdout?.on('data', (bytes: Buffer) => {
      this.said += bytes.toString()
    })
  }

  static async start(): Promise<Front> {
    const port = await freePort()
    const child = fork(ENTRY, [String(port)], {
      execArgv: ['--import', 'tsx'],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    })
    let early = ''
    const hear = (bytes: Buffer) => {
      early += bytes.toString()
    }
    child.stdout?.on('data', hear)
    const ready = await new Promise<FrontReady>((resolve, reject) => {
      child.once('message', ({ answer }: { answer: FrontReady }) => resolve(answer))
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${early}`)))
    })
    child.stdout?.off('data', hear)
    return new Front(child, port, ready, early)
  }

  get origin(): string {
    return `http://localhost:${this.port}`
  }
  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }
  /** Everything it has written so far. */
  get log(): string {
    return this.said
  }

  private ask<T>(question: FrontQuestion): Promise<T> {
    const id = ++this.asked
    return new Promise((resolve) => {
      const hear = (message: { id: number; answer: T }) => {
        if (message.id !== id) return
        this.child.off('message', hear)
        resolve(message.answer)
      }
      this.child.on('message', hear)
      this.child.send({ id, question })
    })
  }

  /** Bytes that the process holds. */
  memory(): Promise<number> {
    return this.ask({ ask: 'memory' })
  }
  query<Row>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return this.ask({ ask: 'query', sql, values })
  }
  change(scope: AccessScope, sql: string, values: unknown[]): Promise<void> {
    return this.ask({ ask: 'change', sql, values, scope })
  }

  /** The first row of the record that fits, once it is there. */
  async onRecord(type: string, personId: string, rule = ''): Promise<string> {
    const late = Date.now() + 10_000
    while (Date.now() < late) {
      const rows = await this.query<{ canonical: string }>(
        'select canonical from audit_inbox where type = $1 and actor_person_id = $2',
        [type, personId],
      )
      if (rows.some(({ canonical }) => canonical.includes(`"${rule}`)))
        return rule === '' ? type : `${type}, ${rule}`
    }
    throw new Error(`not on record: ${type} ${rule}`)
  }

  /** Signs in by the form, as a browser does. @returns the Cookie header from then on */
  async signIn(who: string, had = ''): Promise<string> {
    const jar = new Map(
      had.split('; ').flatMap((pair) => (pair === '' ? [] : [pair.split('=') as [string, string]])),
    )
    const cookies = () => [...jar].map((pair) => pair.join('=')).join('; ')
    const keep = (answer: Response) => {
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
        if (value === '') jar.delete(name)
        else jar.set(name, value)
      }
    }
    const csrf = await fetch(`${this.origin}/api/auth/csrf`, { headers: { cookie: cookies() } })
    keep(csrf)
    const { csrfToken } = (await csrf.json()) as { csrfToken: string }
    const answer = await fetch(`${this.origin}/api/auth/callback/credentials`, {
      method: 'POST',
      headers: { cookie: cookies(), origin: this.origin },
      body: new URLSearchParams({
        csrfToken,
        email: this.ready.people[who]?.email ?? '',
        password: PASSWORD,
        banner: createHash('sha256').update(testEnv.banner).digest('hex'),
      }),
    })
    keep(answer)
    if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
    return cookies()
  }

  async post(path: string, cookie: string, body: BodyInit, type?: string): Promise<Response> {
    const headers = { cookie, origin: this.origin, ...(type === undefined ? {} : { 'content-type': type }) }
    return fetch(`${this.origin}${path}`, { method: 'POST', headers, body })
  }

  raw(headers: Record<string, string>, sectionId = this.ready.sectionId, query?: string): RawClient {
    return openRaw({ port: this.port, sectionId, headers, ...(query === undefined ? {} : { query }) })
  }

  /** An upgrade request as text, for what no client library would send. */
  request(target: string, more: string[] = []): string {
    const lines = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13']
    const key = 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='
    return [`GET ${target} HTTP/1.1`, 'Host: localhost', ...lines, key, ...more, '', ''].join('\r\n')
  }

  /** Sends text to the port and waits until the server has closed. */
  say(text: string): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1')
      let answer = ''
      socket.on('data', (data) => {
        answer += data.toString('latin1')
      })
      socket.on('error', () => undefined)
      socket.on('close', () => resolve(answer))
      socket.write(text)
    })
  }

  async stop(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.kill('SIGKILL')
    await gone
  }
}
