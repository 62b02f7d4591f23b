import { afterEach, beforeEach, expect, test } from 'vitest'
import { LIMITS } from '@/lib/sync/limits'
import type { Room, RoomMember } from '@/server/sync/rooms/room'
import { Rooms } from '@/server/sync/rooms/rooms'
import { Snapshots } from '@/server/sync/rooms/snapshots'
import { type TestServices, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

let services: TestServices
let snapshots: Snapshots
let sections: string[]

beforeEach(async () => {
  services = await testServices()
  snapshots = new Snapshots(services.log)
  const world = await threeAgencies(services.db)
  sections = [world.sections.open, world.sections.shared, world.sections.named]
})
afterEach(async () => {
  await snapshots.close()
  await services.close()
})

const nobodyWaits = () => false
/** The three sections in memory, each empty for one millisecond less than the one before. */
const loaded = async (budget: number) => {
  const rooms = new Rooms(services, snapshots, budget)
  const all: Room[] = []
  for (const id of sections) all.push(await rooms.get(id))
  for (const [i, room] of all.entries()) room.emptySince = i
  return { rooms, all }
}
const left = (rooms: Rooms) => [...rooms.all()].map(({ sectionId }) => sections.indexOf(sectionId))

test('empty rooms stay while there is room for them, and leave after half a minute', async () => {
  const { rooms } = await loaded(LIMITS.roomBytes)
  rooms.dropIdle(LIMITS.roomIdleMs - 1, nobodyWaits)
  expect(left(rooms)).toEqual([0, 1, 2])
  rooms.dropIdle(LIMITS.roomIdleMs + 1, nobodyWaits)
  expect(left(rooms)).toEqual([2])
})

test('over the budget the longest empty room leaves first, and no more than need be', async () => {
  const measured = await loaded(LIMITS.roomBytes)
  const sizes = measured.all.map((room) => room.bytes)
  const { rooms } = await loaded(sizes.reduce((sum, size) => sum + size, 0) - 1)
  rooms.dropIdle(3, nobodyWaits)
  expect(left(rooms)).toEqual([1, 2])
  expect(rooms.bytes).toBe((sizes[1] as number) + (sizes[2] as number))
})

test('a room with somebody in it, or with something on its way to the store, never leaves', async () => {
  const { rooms, all } = await loaded(0)
  const [first, second] = all as [Room, Room, Room]
  first.members.add({} as RoomMember)
  rooms.dropIdle(LIMITS.roomIdleMs * 2, (room) => room === second)
  expect(left(rooms)).toEqual([0, 1])
})

test('a room that left is loaded again as it was', async () => {
  const { rooms, all } = await loaded(0)
  const before = all.map((room) => [room.seq, room.step1()])
  rooms.dropIdle(3, nobodyWaits)
  expect(rooms.size).toBe(0)
  const after = await Promise.all(sections.map((id) => rooms.get(id)))
  expect(after.map((room) => [room.seq, room.step1()])).toEqual(before)
})
