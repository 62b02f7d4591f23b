import { runOperation } from '@/server/operations/run-operation'
import { REVOCATIONS } from '@/tests/interleavings/revocations'
import { type InterleavingBed, sceneIn } from '@/tests/interleavings/scene'
import { type Seat, takeSeat } from '@/tests/interleavings/seat'
import { clockOf, lastChange, readEvents, readUpdates } from '@/tests/interleavings/stored'
import { takeOut } from '@/tests/interleavings/take-out'
import { pick, seeded, whole } from '@/tests/support/seeded'

/** What happened on both sides of the revoking commit, and what must not have. */
export interface Interleaved {
  kind: string
  steps: number
  writesBefore: number
  writesRefused: number
  readBefore: boolean
  readRefused: boolean
  takenBefore: boolean
  takenRefused: boolean
  problems: string[]
}

/** Every way of taking access away. */
export const KINDS = Object.keys(REVOCATIONS)
const KEYSTROKES = 3
/** DESIGN section 4: no content leaves more than a second after the commit. */
const PROMISE_MS = 1_000
/** Turns that the revocation waits at most before it begins. */
const LATER = 10
/** How many of the stories begin in a section that nobody has open. */
const COLD = 0.25
/** Of clientIDs: each is one person's in a section, and every section here is new. */
const EVE = 500_001
const WALT = 500_002

/** The whole story of one seed. */
export const interleave = async (bed: InterleavingBed, seed: number, only?: string): Promise<Interleaved> => {
  const random = seeded(seed)
  const kind = only ?? pick(random, KINDS)
  const revocation = REVOCATIONS[kind]
  if (revocation === undefined) throw new Error(`no revocation called ${kind}`)
  const scene = await sceneIn(bed)
  const { eve, sectionId } = scene
  await revocation.prepare?.(bed, scene)
  // A section that nobody has open yet is loaded in the middle of it all.
  const isCold = random() < COLD
  const seats = isCold
    ? []
    : [takeSeat(bed, eve, sectionId), takeSeat(bed, bed.world.people.weatherEditor, sectionId)]
  const [writing, onlooker] = seats
  await Promise.all(seats.map(({ synced }) => synced))
  const revoke = await revocation.ready(bed, scene)

  const { turnstile } = bed
  turnstile.shut()
  const step = (act: () => void) => turnstile.pass(async () => act())
  const typing = async (seat: Seat | undefined, client: number) => {
    if (seat === undefined) return
    for (let clock = 0; clock < KEYSTROKES; clock++) await step(() => seat.type(client, clock))
    await seat.settled(KEYSTROKES)
  }
  let revokedAt = Number.NaN
  let second: Seat | undefined
  const reading = async () => {
    await step(() => {
      second = takeSeat(bed, eve, sectionId)
    })
    await Promise.race([second?.synced, second?.closed])
  }
  const takingOut = async () => {
    const times = 1 + whole(random, 2)
    for (let i = 0; i < times; i++)
      await runOperation(bed.services, eve, takeOut, { sectionId }).catch(() => undefined)
  }
  const revoking = async () => {
    // Else the act, which has its turn from the beginning, would mostly come before the first keystroke is committed.
    for (let later = whole(random, LATER); later > 0; later--) await step(() => undefined)
    await revoke()
    revokedAt = performance.now()
  }
  const all = Promise.all([revoking(), typing(writing, EVE), typing(onlooker, WALT), reading(), takingOut()])
  const steps = await turnstile.drive(random, all)
  await all
  await writing?.closed
  if (revocation.mayRead !== true) await second?.closed

  const revoked = await lastChange(bed.services.db)
  const updates = await readUpdates(bed.services.db, sectionId)
  const events = await readEvents(bed.services.db, sectionId, eve.personId)
  const before = <Row extends { xid: number }>(rows: readonly Row[]) =>
    rows.filter(({ xid }) => xid < revoked)
  const after = <Row extends { xid: number }>(rows: readonly Row[]) => rows.filter(({ xid }) => xid > revoked)
  const of = (type: string, outcome: string) =>
    events.filter((event) => event.type === type && event.outcome === outcome)
  const eves = updates.filter(({ person_id }) => person_id === eve.personId)
  const openings = of('section.opened', 'allowed')
  const takings = of('document.viewed', 'allowed')

  const problems: string[] = []
  const must = (holds: boolean, what: string) => {
    if (!holds) problems.push(`seed ${seed}, ${kind}: ${what}`)
  }
  must(after(eves).length === 0, 'an update was accepted after the revoking commit')
  must(clockOf(eves, EVE) >= (onlooker?.toldOf(EVE) ?? 0), 'somebody was told what was not stored')
  if (revocation.mayRead !== true) {
    must(after(openings).length === 0, 'a section was opened after the revoking commit')
    must(after(takings).length === 0, 'text was taken out after the revoking commit')
    const known = clockOf(before(updates), WALT)
    for (const seat of [writing, second])
      must(
        (seat?.toldOf(WALT) ?? 0) <= known,
        'what was committed after the revocation was told to who lost access',
      )
    const last = Math.max(...[writing, second].map((seat) => seat?.lastTold() ?? Number.NEGATIVE_INFINITY))
    must(last <= revokedAt + PROMISE_MS, 'content came more than a second after the revocation')
  }
  const wasTold = (second?.lastTold() ?? Number.NEGATIVE_INFINITY) > Number.NEGATIVE_INFINITY
  must(
    !wasTold || openings.length === seats.length / 2 + 1,
    'text was told to a socket whose opening is not on record',
  )
  for (const seat of [writing, onlooker, second]) seat?.leave()
  return {
    kind,
    steps,
    writesBefore: clockOf(eves, EVE),
    writesRefused: isCold ? 0 : KEYSTROKES - clockOf(eves, EVE),
    readBefore: openings.length === seats.length / 2 + 1,
    readRefused: of('section.opened', 'denied').length > 0,
    takenBefore: before(takings).length > 0,
    takenRefused: of('document.viewed', 'denied').length > 0,
    problems,
  }
}
