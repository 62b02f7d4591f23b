import { type ChildProcess, fork } from 'node:child_process'
import type { NodeReady, Question } from '@/tests/faults/run/node-messages'

interface Answer {
  id: number
  value?: unknown
  error?: string
}

const PATIENCE_MS = 30_000

/** The server under test as a process: started, killed, stopped, asked. It starts again by itself when it ends itself. */
export class NodeProcess {
  ready: NodeReady | null = null
  /** Times that it ended without having been killed by us: a failed disk does that. */
  endedItself = 0
  private child: ChildProcess | null = null
  private readonly waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>()
  private next = 1
  private wanted = true
  private starting: Promise<void> | null = null

  constructor(private readonly command: () => { entry: string; args: string[] }) {}

  get pid(): number {
    return this.child?.pid ?? 0
  }

  get port(): number {
    return this.ready?.port ?? 1
  }

  /** Resolves once it listens. A start that fails is tried again, as a supervisor does. */
  start(): Promise<void> {
    this.wanted = true
    this.starting ??= this.startUntilReady().finally(() => {
      this.starting = null
    })
    return this.starting
  }

  private async startUntilReady(): Promise<void> {
    while (this.wanted && !(await this.startOnce())) await new Promise((resolve) => setTimeout(resolve, 300))
  }

  private startOnce(): Promise<boolean> {
    return new Promise((resolve) => {
      const { entry, args } = this.command()
      const child = fork(entry, args, {
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'advanced',
        execArgv: [],
      })
      this.child = child
      let said = ''
      child.stderr?.on('data', (bytes: Buffer) => {
        said = (said + bytes.toString()).slice(-2_000)
      })
      child.once('message', (ready) => {
        this.ready = ready as NodeReady
        child.on('message', (answer) => this.onAnswer(answer as Answer))
        resolve(true)
      })
      child.once('exit', (code, signal) => {
        if (this.child !== child) return
        this.child = null
        this.lastWords = `code ${code}, signal ${signal}: ${said}`
        for (const { reject } of this.waiting.values()) reject(new Error(`the server ended (${code})`))
        this.waiting.clear()
        if (this.ready === null) resolve(false)
        else {
          this.ready = null
          if (signal !== 'SIGKILL') this.endedItself++
          if (this.wanted) void this.start()
        }
        resolve(false)
      })
    })
  }

  /** What it said last when it ended. */
  lastWords = ''

  ask<T>(question: Question): Promise<T> {
    const { child } = this
    if (child === null || this.ready === null) return Promise.reject(new Error('the server is down'))
    const id = this.next++
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(id)
        reject(new Error(`no answer to ${question.what}`))
      }, PATIENCE_MS)
      this.waiting.set(id, {
        resolve: (value) => {
          clearTimeout(timer)
          resolve(value)
        },
        reject: (error) => {
          clearTimeout(timer)
          reject(error)
        },
      })
      child.send({ ...question, id })
    })
  }

  query<Row>(text: string, ...values: unknown[]): Promise<Row[]> {
    return this.insist<Row[]>({ what: 'query', text, values })
  }

  /** Asks until it is answered: on a busy machine a server may lose its database for a moment at any time. */
  async insist<T>(question: Question): Promise<T> {
    const began = performance.now()
    for (;;) {
      try {
        return await this.ask<T>(question)
      } catch (error) {
        if (performance.now() - began > PATIENCE_MS) throw error
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    }
  }

  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.child?.kill(signal)
  }

  /** SIGKILL; starts again by itself. Resolves when it listens again. */
  async killAndStart(): Promise<void> {
    await this.kill()
    await this.start()
  }

  async kill(): Promise<void> {
    const { child } = this
    if (child === null) return
    this.wanted = false
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  private onAnswer({ id, value, error }: Answer): void {
    const waiting = this.waiting.get(id)
    if (waiting === undefined) return
    this.waiting.delete(id)
    if (error === undefined) waiting.resolve(value as never)
    else waiting.reject(new Error(error))
  }
}
