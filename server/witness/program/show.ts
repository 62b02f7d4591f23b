import { encodeVerifierKey } from '@/lib/audit/signed-note'
import { seenOf, type WitnessState } from '@/lib/witness/state'
import { keyOf } from '@/server/witness/program/sign'

/** What a witness has signed and refused, for people. No secret is in it. */
export const show = (state: WitnessState): string => {
  const origins = Object.keys(state.seen).sort()
  const trees = origins.map((origin) => `  ${origin}  ${seenOf(state, origin)?.size}`)
  const refused = state.evidence.map(
    ({ at, origin, why, seen, shown }) =>
      `\n${at} ${origin}: ${why}\nThe log had signed:\n\n${indent(seen)}\nand then showed, signed as well:\n\n${indent(shown)}`,
  )
  return [
    `Witness of ${state.host}`,
    `Key: ${encodeVerifierKey(keyOf(state))}`,
    `Trusts: ${state.logKeys.join(' ') || 'no key of a log yet'}`,
    '',
    trees.length === 0 ? 'Nothing signed yet.' : `Signed last, with its size:\n${trees.join('\n')}`,
    refused.length === 0 ? 'Nothing refused that was signed by the log.' : `Refused:${refused.join('\n')}`,
  ].join('\n')
}

const indent = (text: string): string => text.replace(/^/gm, '  ').trimEnd()
