import { WireError } from '@/lib/sync/byte-reader'
import { LIMITS } from '@/lib/sync/limits'
import { CLOSE } from '@/lib/sync/protocol'
import type { Connection } from '@/server/sync/connection'
import type { FollowHeads } from '@/server/sync/order/follow-heads'

/** Rules that ask what the section holds: a node that has not heard of another's rows yet would refuse too much. */
const OF_STATE = new Set(['W-09', 'W-10', 'W-11', 'W-12', 'W-13'])

type Judge = (connection: Connection, data: Buffer, isBinary: boolean) => void
type Refuse = (connection: Connection, error: unknown) => void

/**
 * Before a frame is refused for not fitting, the node looks whether others have written what it hangs on, and judges it
 * once more. The connection's other frames wait meanwhile, in order.
 */
export class SecondLook {
  private readonly held = new WeakMap<Connection, { data: Buffer; isBinary: boolean }[]>()

  constructor(
    private readonly follow: FollowHeads,
    private readonly judge: Judge,
    private readonly refuse: Refuse,
  ) {}

  judgeOnceOrTwice(connection: Connection, data: Buffer, isBinary: boolean, several: boolean): void {
    const held = this.held.get(connection)
    if (held !== undefined) {
      held.push({ data, isBinary })
      if (held.reduce((sum, frame) => sum + frame.data.length, 0) > LIMITS.uncommittedBytes)
        connection.close(CLOSE.tryLater)
      return
    }
    const { writes } = connection
    try {
      this.judge(connection, data, isBinary)
    } catch (error) {
      if (!several || !(error instanceof WireError) || !OF_STATE.has(error.rule)) {
        this.refuse(connection, error)
        return
      }
      connection.writes = writes
      this.look(connection, data, isBinary).catch((problem: unknown) => this.refuse(connection, problem))
    }
  }

  private async look(connection: Connection, data: Buffer, isBinary: boolean): Promise<void> {
    const held: { data: Buffer; isBinary: boolean }[] = []
    this.held.set(connection, held)
    const room = connection.opened?.room
    try {
      if (room !== undefined) await this.follow.catchUp(room)
    } finally {
      this.held.delete(connection)
    }
    if (connection.state !== 'live') return
    this.judge(connection, data, isBinary)
    for (const frame of held) {
      if (connection.state === 'live') this.judgeOnceOrTwice(connection, frame.data, frame.isBinary, true)
    }
  }
}
