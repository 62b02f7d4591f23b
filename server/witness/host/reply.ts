import type { Actor } from '@/server/identity/actor'
import type { Services } from '@/server/services'
import type { AskingWitness } from '@/server/witness/host/identify'

/** One request of a witness that is known. */
export interface Asked {
  services: Services
  witness: AskingWitness
  /** The name that the log's origins begin with, and its keys, the one in use first. */
  log: { name: string; keys: readonly string[] }
  at: Date
  source: Actor['source']
  query: URLSearchParams
  /** The path below the route's own word. */
  rest: string
  body: string
}

export interface Reply {
  status: number
  body?: string | Buffer
  type?: string
}

export type Handle = (asked: Asked) => Promise<Reply>

export const NOT_FOUND: Reply = { status: 404, body: 'There is no such thing here.\n' }
export const unreadable = (why: string): Reply => ({ status: 400, body: `${why}\n` })

/** @returns null for anything but a whole number from 0 on */
export const sizeIn = (query: URLSearchParams, name: string): number | null => {
  const text = query.get(name) ?? ''
  const size = /^(0|[1-9]\d{0,15})$/.test(text) ? Number(text) : Number.NaN
  return Number.isSafeInteger(size) ? size : null
}
