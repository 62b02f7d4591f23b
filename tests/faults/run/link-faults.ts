import type { Bed } from '@/tests/faults/run/bed'
import { type Fault, hold } from '@/tests/faults/run/fault'
import type { FaultProxy, Lane } from '@/tests/support/fault-proxy'
import { pick } from '@/tests/support/seeded'

interface Link {
  name: string
  of(bed: Bed): FaultProxy | null
}

const LINKS: readonly Link[] = [
  { name: 'clients and servers', of: (bed) => bed.clients },
  { name: 'a node and its database', of: (bed) => bed.someNode.database },
  { name: 'a node and Redis', of: (bed) => bed.someNode.redis },
]

const spoil = (name: string, change: (bed: Bed, proxy: FaultProxy) => void, most = 4_000) =>
  LINKS.map(
    (link): Fault => ({
      name: `${name} between ${link.name}`,
      weight: 1,
      missing: (bed) => (link.of(bed) === null ? 'the embedded database has no such link' : null),
      async run(bed) {
        const proxy = link.of(bed)
        if (proxy === null) return
        change(bed, proxy)
        proxy.apply()
        await hold(bed, 500, most)
        proxy.heal()
      },
    }),
  )

const set = (lane: Lane, values: Partial<Lane>) => Object.assign(lane, values)

export const LINK_FAULTS: readonly Fault[] = [
  ...spoil('a reset', (_, proxy) => proxy.reset(), 1_000),
  ...spoil('nothing comes through', (_, proxy) => {
    set(proxy.out, { open: false })
    set(proxy.back, { open: false })
  }),
  ...spoil('nothing comes through one way', (bed, proxy) => {
    set(pick(bed.random, [proxy.out, proxy.back]), { open: false })
  }),
  ...spoil('a late and slow link', (_, proxy) => {
    set(proxy.out, { latencyMs: 150, bytesPerSecond: 64 * 1024 })
    set(proxy.back, { latencyMs: 150, bytesPerSecond: 64 * 1024 })
  }),
  ...spoil(
    'a link half-open',
    (bed, proxy) => proxy.halfOpen(pick(bed.random, ['client', 'server'] as const)),
    1_000,
  ),
]
