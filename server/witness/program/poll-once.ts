import { formatNote, MalformedNote } from '@/lib/audit/signed-note'
import { type AddCheckpoint, parseAddCheckpoint } from '@/lib/witness/add-checkpoint'
import { type RefusalReport, readWatchedTrees, type WatchedTree } from '@/lib/witness/host-answers'
import { seenOf } from '@/lib/witness/state'
import type { HostClient } from '@/server/witness/program/host-client'
import { sayTo } from '@/server/witness/program/sign'
import type { StateFile } from '@/server/witness/program/state-file'

export interface Round {
  signed: { origin: string; size: number }[]
  refused: RefusalReport[]
}

/** So many are judged, kept and signed together: one writing of the file for all of them. */
const AT_ONCE = 50

/**
 * Everything of the host that has grown, judged once, and the signatures brought back.
 * @throws Error when the host does not answer as it should
 */
export const pollOnce = async (file: StateFile, host: HostClient): Promise<Round> => {
  const trees = await watchedTrees(host)
  const grown = trees.filter(({ origin, size, signed }) => {
    const seen = seenOf(file.read(), origin)?.size ?? null
    return size !== seen || signed !== seen
  })
  const result: Round = { signed: [], refused: [] }
  for (let from = 0; from < grown.length; from += AT_ONCE) {
    const asked: AddCheckpoint[] = []
    for (const { origin } of grown.slice(from, from + AT_ONCE)) {
      const shown = await fetchCheckpoint(file, host, origin)
      if (shown === 'malformed') result.refused.push(refusalOf(file, origin, 'malformed', null))
      else if (shown !== null) asked.push(shown)
    }
    for (const [i, { verdict, line }] of sayTo(file, asked, Date.now()).entries()) {
      const { note, checkpoint } = asked[i] as AddCheckpoint
      const { origin, size } = checkpoint
      if (line === null) result.refused.push(refusalOf(file, origin, verdict.why, formatNote(note)))
      else {
        await bring(host, origin, size, line)
        result.signed.push({ origin, size })
      }
    }
  }
  return result
}

const query = (values: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString()

export const watchedTrees = async (host: HostClient): Promise<readonly WatchedTree[]> => {
  const { status, text } = await host.get('/trees')
  if (status === 401)
    throw new Error('it does not know the token: this witness was ended, or never registered there')
  const answer = status === 200 ? readWatchedTrees(text) : null
  if (answer === null) throw new Error(`its list of trees cannot be read (status ${status})`)
  return answer.trees
}

/** @returns null when there is nothing new after all */
const fetchCheckpoint = async (
  file: StateFile,
  host: HostClient,
  origin: string,
): Promise<AddCheckpoint | 'malformed' | null> => {
  const old = seenOf(file.read(), origin)?.size ?? 0
  const { status, text } = await host.get(`/add-checkpoint?${query({ origin, old })}`)
  if (status === 204) return null
  if (status !== 200) throw new Error(`its checkpoint of ${origin} was not to be had (status ${status})`)
  try {
    // Where this witness stands it knows itself.
    return { ...parseAddCheckpoint(text), old }
  } catch (problem) {
    if (problem instanceof MalformedNote) return 'malformed'
    throw problem
  }
}

/** A checkpoint that the host does not know any more (404) is offered again, or a newer one, in the next round. */
const bring = async (host: HostClient, origin: string, size: number, line: string): Promise<void> => {
  const { status, text } = await host.post(`/cosignatures?${query({ origin, size })}`, line, 'text/plain')
  if (status !== 204 && status !== 404)
    throw new Error(
      `it did not take a signature of ${origin} (status ${status}: ${text.slice(0, 200).trim()})`,
    )
}

const refusalOf = (
  file: StateFile,
  origin: string,
  why: RefusalReport['why'],
  shown: string | null,
): RefusalReport => ({ origin, why, seen: file.read().seen[origin] ?? null, shown })
