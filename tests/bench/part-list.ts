import type { Part } from '@/tests/bench/bed'

/** Every part of the page, in its order. A part is one file below parts/ with a `run`. */
export const PARTS = {
  'fan-out': () => import('@/tests/bench/parts/fan-out'),
  'many-rooms': () => import('@/tests/bench/parts/many-rooms'),
  steady: () => import('@/tests/bench/parts/steady'),
  latency: () => import('@/tests/bench/parts/latency'),
  memory: () => import('@/tests/bench/parts/memory'),
  open: () => import('@/tests/bench/parts/open'),
  storm: () => import('@/tests/bench/parts/storm'),
  stalled: () => import('@/tests/bench/parts/stalled'),
  kills: () => import('@/tests/bench/parts/kills'),
  record: () => import('@/tests/bench/parts/record'),
  decide: () => import('@/tests/bench/parts/decide'),
  revocation: () => import('@/tests/bench/parts/revocation'),
  growth: () => import('@/tests/bench/parts/growth'),
  history: () => import('@/tests/bench/parts/history'),
  nodes: () => import('@/tests/bench/parts/nodes'),
  scale: () => import('@/tests/bench/scale/part'),
} satisfies Record<string, () => Promise<Part>>

export type PartName = keyof typeof PARTS

export const PART_NAMES = Object.keys(PARTS) as PartName[]
export const isPartName = (name: string): name is PartName => name in PARTS
