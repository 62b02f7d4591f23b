import type { Id } from '@/lib/ids'
import { Refusal } from '@/server/policy/authorize'
import type { Services } from '@/server/services'
import { type Access, askFirstAccess } from '@/server/sync/access'
import type { Connection } from '@/server/sync/connection'

/** So that one transaction stays short, however many come back at once. */
const AT_ONCE = 200

interface Waiting {
  connection: Connection
  resolve(access: Access): void
  reject(error: unknown): void
}

/**
 * On record before the first byte: whoever opens a section, and whoever tried. One transaction takes all that came
 * while the last one ran, so that a thousand tabs that come back together cost some queries and not some thousand.
 */
export class Openings {
  private waiting: Waiting[] = []
  private isRunning = false

  constructor(
    private readonly services: Services,
    /** Called once a section is known to be somebody's to read, while the opening is being written. Nothing is sent yet. */
    private readonly onAllowed: (sectionId: Id) => void,
  ) {}

  /** @throws Refusal */
  record(connection: Connection): Promise<Access> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ connection, resolve, reject })
      if (!this.isRunning) void this.run()
    })
  }

  private async run(): Promise<void> {
    this.isRunning = true
    // Lets what belongs to one turn of the event loop gather.
    await new Promise((resolve) => setImmediate(resolve))
    while (this.waiting.length > 0) {
      const group = this.waiting.splice(0, AT_ONCE).filter(({ connection }) => connection.state === 'opening')
      if (group.length > 0) await this.settle(group)
    }
    this.isRunning = false
  }

  private async settle(group: Waiting[]): Promise<void> {
    try {
      const answers = await this.write(group.map(({ connection }) => connection))
      answers.forEach((answer, i) => {
        if (answer instanceof Refusal) group[i]?.reject(answer)
        else group[i]?.resolve(answer)
      })
    } catch (error) {
      // One that cannot be written must not keep the others out.
      if (group.length === 1) group[0]?.reject(error)
      else for (const one of group) await this.settle([one])
    }
  }

  private async write(connections: readonly Connection[]): Promise<(Access | Refusal)[]> {
    const { db, recorder, now } = this.services
    let decided: (answers: (Access | Refusal)[]) => void = () => undefined
    // Waited for from out here: loading a section takes a connection to the database of its own.
    void new Promise<(Access | Refusal)[]>((resolve) => {
      decided = resolve
    }).then((answers) => {
      for (const answer of answers) if (!(answer instanceof Refusal)) this.onAllowed(answer.sectionId)
    })
    return db.transaction(async (tx) => {
      const answers = await askFirstAccess(tx, connections, now().getTime())
      answers.forEach((answer, i) => {
        const { eventActor: actor, sectionId, id: correlation } = connections[i] as Connection
        const { decision } = answer
        const refused = answer instanceof Refusal
        recorder.append(tx, {
          type: 'section.opened',
          outcome: refused ? 'denied' : 'allowed',
          actor,
          object: refused
            ? { ...answer.object, sectionId }
            : { workspaceId: answer.workspaceId, documentId: answer.documentId, sectionId },
          decision,
          correlation,
        })
      })
      decided(answers)
      return answers
    })
  }
}
