import type { Id } from '@/lib/ids'
import { LIMITS } from '@/lib/sync/limits'
import { CLOSE } from '@/lib/sync/protocol'
import type { AccessScope } from '@/server/policy/access-scope'
import { Refusal } from '@/server/policy/authorize'
import type { Services } from '@/server/services'
import { type Access, askAccess } from '@/server/sync/access'
import type { Connection } from '@/server/sync/connection'

/** How many are asked about in one go: some milliseconds of this thread, between which it answers others. */
const AT_ONCE = 250

/**
 * A change of access, an end of validity or the ordinary second look: whoever may be concerned is asked about again,
 * all together. Lost or lowered: the socket closes. Cannot be checked in time: it closes too, with a code that
 * brings it back.
 */
export class RecheckAccess {
  /** Asked for and not begun. */
  private readonly waiting = new Set<Connection>()
  /** Begun or not: from when on an answer is owed, in milliseconds of performance.now(). */
  private readonly owedSince = new Map<Connection, number>()
  private isRunning = false
  private deadline: NodeJS.Timeout | null = null
  private readonly unsubscribe: () => void
  /** Counts changes: a connection that was opening meanwhile must look again. */
  changes = 0

  constructor(
    private readonly services: Services,
    private readonly connections: () => Iterable<Connection>,
  ) {
    this.unsubscribe = services.accessChanges.subscribe((scope) => this.onChange(scope))
  }

  stop(): void {
    this.unsubscribe()
    if (this.deadline !== null) clearTimeout(this.deadline)
    this.deadline = null
  }

  onChange(scope: AccessScope): void {
    this.changes++
    for (const connection of this.connections()) if (concerns(scope, connection)) this.doubt(connection)
  }

  /** Called several times a second: ends of validity act by themselves, and everybody is looked at now and then. */
  onTick(): void {
    const now = this.services.now().getTime()
    for (const connection of this.connections()) {
      const { opened } = connection
      if (opened === null || connection.state !== 'live') continue
      const { validUntil } = opened.access
      if (validUntil !== null && now >= validUntil) this.doubt(connection)
      else if (now >= connection.lookAgainAt) {
        connection.lookAgainAt = nextLook(now)
        this.look(connection)
      }
    }
  }

  /** As `look`, when something has changed: nothing is sent to it until the answer is there. */
  doubt(connection: Connection): void {
    if (connection.opened === null || connection.state !== 'live') return
    connection.outbox.hold()
    this.look(connection)
  }

  /** A look that is under way may have read what was there before: then another follows. */
  look(connection: Connection): void {
    if (connection.opened === null || connection.state !== 'live') return
    this.waiting.add(connection)
    if (!this.owedSince.has(connection)) this.owedSince.set(connection, performance.now())
    this.deadline ??= setTimeout(() => this.closeOverdue(), LIMITS.recheckMs)
    if (!this.isRunning) void this.run()
  }

  private async run(): Promise<void> {
    this.isRunning = true
    while (this.waiting.size > 0) {
      const group: Connection[] = []
      for (const connection of this.waiting) {
        if (group.length === AT_ONCE) break
        this.waiting.delete(connection)
        if (connection.state === 'live') group.push(connection)
        else this.owedSince.delete(connection)
      }
      if (group.length > 0) await this.ask(group)
    }
    this.isRunning = false
  }

  private async ask(group: readonly Connection[]): Promise<void> {
    try {
      const answers = await askAccess(this.services.db, group, this.services.now().getTime())
      for (const [i, answer] of answers.entries()) this.apply(group[i] as Connection, answer)
    } catch (error) {
      this.services.log.error({ err: error, sockets: group.length }, 'access could not be checked')
      for (const connection of group) connection.shut(CLOSE.tryLater)
    }
    for (const connection of group) {
      if (this.waiting.has(connection)) continue
      this.owedSince.delete(connection)
      connection.outbox.release()
    }
  }

  private apply(connection: Connection, fresh: Access | Refusal): void {
    const { opened } = connection
    if (opened === null || connection.state !== 'live') return
    if (fresh instanceof Refusal) connection.loseAccess(fresh)
    // More than before needs no new socket: nothing is here that may not stay.
    else if (opened.access.canWrite && !fresh.canWrite) connection.changeAccess(fresh)
    else opened.access = fresh
  }

  /** Who cannot be checked is not let go on: the promise is a second, whatever the database does. */
  private closeOverdue(): void {
    this.deadline = null
    const now = performance.now()
    let next = Number.POSITIVE_INFINITY
    for (const [connection, since] of this.owedSince) {
      if (now - since < LIMITS.recheckMs) next = Math.min(next, since + LIMITS.recheckMs - now)
      else {
        this.owedSince.delete(connection)
        this.waiting.delete(connection)
        connection.shut(CLOSE.tryLater)
      }
    }
    if (next < Number.POSITIVE_INFINITY) this.deadline = setTimeout(() => this.closeOverdue(), next)
  }
}

/** Spread, so that a thousand sockets that opened together are not looked at together for ever. */
export const nextLook = (now: number): number => now + LIMITS.recheckEveryMs * (0.75 + Math.random() / 2)

/** Fields of a scope narrow each other; what is not known yet of a connection counts as concerned. */
const concerns = (scope: AccessScope, connection: Connection): boolean => {
  const { actor, opened, sectionId } = connection
  const fits = (wanted: Id | undefined, has: Id | undefined) =>
    wanted === undefined || has === undefined || wanted === has
  if ('workspaceId' in scope) {
    return (
      fits(scope.workspaceId, opened?.access.workspaceId) &&
      fits(scope.documentId, opened?.access.documentId) &&
      fits(scope.sectionId, sectionId) &&
      fits(scope.personId, actor.personId) &&
      fits(scope.orgId, actor.orgId)
    )
  }
  if ('personId' in scope)
    return fits(scope.personId, actor.personId) && fits(scope.sessionId, actor.sessionId)
  return scope.orgId === actor.orgId
}
