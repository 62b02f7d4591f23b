import { randomBytes } from 'node:crypto'
import { encodeVerifierKey, MalformedNote, parseVerifierKey, verifierKey } from '@/lib/audit/signed-note'
import { readWatchedTrees } from '@/lib/witness/host-answers'
import { logNameOf } from '@/lib/witness/state'
import { createHostClient, hostAddress } from '@/server/witness/program/host-client'
import { keyOf } from '@/server/witness/program/sign'
import {
  createStateFile,
  openStateFile,
  type StateFile,
  WitnessProblem,
} from '@/server/witness/program/state-file'

/** Makes the key and the file. @returns the verifier key, to hand to the host */
export const init = (path: string, given: { host: string; name: string }): string => {
  const host = hostAddress(given.host)
  const seed = randomBytes(32)
  try {
    verifierKey(given.name, seed, 'cosignature')
  } catch {
    throw new WitnessProblem(
      'The name is a URL without its scheme, such as county.example/witness: no spaces, no plus.',
    )
  }
  createStateFile(path, {
    generation: 1,
    name: given.name,
    seed: seed.toString('base64'),
    host,
    token: null,
    logKeys: [],
    seen: {},
    evidence: [],
  })
  return encodeVerifierKey(keyOf({ name: given.name, seed: seed.toString('base64') }))
}

/**
 * Takes the token that the host gave, and the log's key: the one that was handed over, or the one that the host names now.
 * @returns the log's keys, for people to compare with what they were shown
 */
export const join = async (
  file: StateFile,
  { token, logKey }: { token: string; logKey: string | null },
): Promise<readonly string[]> => {
  const { host, name } = file.read()
  const { status, text } = await createHostClient(host, token, new AbortController().signal).get('/trees')
  if (status === 401) throw new WitnessProblem(`${host} does not know this token. Copy it once more, whole.`)
  const answer = status === 200 ? readWatchedTrees(text) : null
  if (answer === null)
    throw new WitnessProblem(`${host} does not answer as a Liaison server (status ${status}).`)
  if (answer.witness !== name)
    throw new WitnessProblem(
      `The token is of a witness called ${answer.witness}, this one is called ${name}.`,
    )
  const kept = file.read().logKeys
  const logKeys = logKey !== null ? [...new Set([...kept, logKey])] : kept.length > 0 ? kept : answer.logKeys
  for (const key of logKeys) checkLogKey(key, host)
  if (logKeys.length === 0) throw new WitnessProblem(`${host} named no key of its log.`)
  return file.change((state) => ({ ...state, token, logKeys })).logKeys
}

/** One more key of the log to trust: after its people have changed it and said so. */
export const trust = (path: string, key: string): void => {
  const file = openStateFile(path)
  try {
    checkLogKey(key, file.read().host)
    file.change((state) => ({ ...state, logKeys: [...new Set([...state.logKeys, key])] }))
  } finally {
    file.close()
  }
}

const checkLogKey = (key: string, host: string): void => {
  try {
    const { type, name } = parseVerifierKey(key)
    if (type === 'ed25519' && name === logNameOf(host)) return
  } catch (problem) {
    if (!(problem instanceof MalformedNote)) throw problem
  }
  throw new WitnessProblem(
    `${JSON.stringify(key)} is no key of the log of ${host}: it begins with ${logNameOf(host)}+`,
  )
}
