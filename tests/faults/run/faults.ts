import type { Bed } from '@/tests/faults/run/bed'
import { corruptRow } from '@/tests/faults/run/corrupt-row'
import { fsyncErrors, fullDisk } from '@/tests/faults/run/disk-faults'
import { type Fault, hold, pause } from '@/tests/faults/run/fault'
import { LINK_FAULTS } from '@/tests/faults/run/link-faults'
import { Replica } from '@/tests/faults/run/replica'
import { pick, whole } from '@/tests/support/seeded'

const always = () => null
const onServer = (bed: Bed) => (bed.kind === 'postgresql' ? null : 'the embedded database is in the process')

const killNode: Fault = {
  name: 'kill -9 of a node',
  weight: 5,
  missing: always,
  async run(bed) {
    await bed.someNode.process.killAndStart()
  },
}

const stallNode: Fault = {
  name: 'a node stopped and continued',
  weight: 3,
  missing: always,
  async run(bed) {
    const { process } = bed.someNode
    process.signal('SIGSTOP')
    await hold(bed, 500, 5_000)
    process.signal('SIGCONT')
  },
}

const killDatabase: Fault = {
  name: 'kill -9 of PostgreSQL',
  weight: 3,
  missing: onServer,
  async run({ cluster, random }) {
    await cluster?.kill()
    await pause(whole(random, 3_000))
    await cluster?.begin()
  },
}

const killRedis: Fault = {
  name: 'Redis killed and started empty',
  weight: 2,
  missing: onServer,
  async run(bed) {
    bed.redis?.kill('SIGKILL')
    await hold(bed, 500, 4_000)
    await bed.startRedis()
  },
}

const pauseRedis: Fault = {
  name: 'Redis stopped and continued',
  weight: 2,
  missing: onServer,
  async run(bed) {
    bed.redis?.kill('SIGSTOP')
    await hold(bed, 500, 4_000)
    bed.redis?.kill('SIGCONT')
  },
}

const clockJump: Fault = {
  name: "a node's clock jumps",
  weight: 2,
  missing: always,
  async run(bed) {
    const { process } = bed.someNode
    const milliseconds = pick(bed.random, [-3_600_000, -60_000, 60_000, 3_600_000])
    await process.insist({ what: 'jump', milliseconds })
    await hold(bed, 1_000, 3_000)
    await process.insist({ what: 'jump', milliseconds: 0 })
  },
}

const STORM = 120

const reconnectStorm: Fault = {
  name: `everybody and ${STORM} more reconnect at once`,
  weight: 2,
  missing: always,
  async run(bed) {
    const { random, sections, clients, nodes } = bed
    const cookies = nodes.find(({ process }) => process.ready !== null)?.process.ready?.cookies ?? []
    const more = Array.from({ length: STORM }, (_, i) => {
      const person = i % cookies.length
      return new Replica(
        person,
        pick(random, sections),
        bed.newName(person),
        clients.port,
        cookies[person] ?? '',
      )
    })
    bed.replicas.push(...more)
    clients.reset()
    const began = performance.now()
    while (more.some((replica) => !replica.saved) && performance.now() - began < 20_000) await pause(20)
    bed.leave(more)
  },
}

/** How long after the revoking commit something may still arrive, besides what this process itself is late by. */
const PROMISE_MS = 1_000

/** With a second fault just after the commit: that is when a server forgets its promises. */
const revocation = (name: string, meanwhile: (bed: Bed) => Promise<void>): Fault => ({
  name: `somebody loses access${name}`,
  weight: 2,
  missing: always,
  async run(bed) {
    // Also those who only look: a writer meets the change at the next commit, a reader only if it is told.
    const person = whole(bed.random, 6)
    bed.revoked.add(person)
    const at = await bed.someNode.process.insist<number>({ what: 'revoke', person })
    let late = 0
    let last = performance.now()
    const watch = setInterval(() => {
      const now = performance.now()
      late = Math.max(late, now - last - 10)
      last = now
    }, 10)
    await meanwhile(bed)
    await pause(2_500)
    clearInterval(watch)
    const theirs = bed.replicas.filter((replica) => replica.person === person)
    for (const { lastContentAt } of theirs) {
      if (lastContentAt > at + PROMISE_MS + late)
        bed.violations.push(`${lastContentAt - at} ms after they lost access ${person} was sent something`)
    }
    await bed.whole()
    const rows = await bed.witness.query<{ n: number }>(
      `select count(*) as n from section_updates where person_id = $1 and at > to_timestamp($2::float8 / 1000)`,
      bed.witness.ready?.personIds[person],
      at,
    )
    if ((rows[0]?.n ?? 0) > 0)
      bed.violations.push(`${rows[0]?.n} rows of ${person} came after they had lost access`)
    bed.leave(theirs)
    await bed.witness.insist({ what: 'restore', person })
    bed.revoked.delete(person)
    for (const sectionId of bed.sections) bed.join(person, sectionId)
  },
})

export const FAULTS: readonly Fault[] = [
  killNode,
  stallNode,
  killDatabase,
  killRedis,
  pauseRedis,
  clockJump,
  reconnectStorm,
  revocation('', () => pause(0)),
  revocation(' and a node is stopped', stallNode.run),
  { ...revocation(' and Redis is stopped', pauseRedis.run), missing: onServer },
  corruptRow,
  fullDisk,
  fsyncErrors,
  ...LINK_FAULTS,
]
