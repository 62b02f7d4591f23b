import { DomainError } from '@/lib/errors'
import type { BoundaryChangeView } from '@/lib/views/boundary'
import { assertMayWiden, assertOriginatorKeepsControl } from '@/server/operations/boundaries/assert-control'
import type { BoundaryChange } from '@/server/operations/boundaries/boundary-change'
import type { LevelChange } from '@/server/operations/boundaries/compare-levels'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readPeople } from '@/server/operations/shaping/agencies'
import { type Authorized, askAlso } from '@/server/policy/authorize'

/** Throws what `set` would be refused with, beyond the right to rule over the section. */
export const assertChange = async (
  context: OperationContext,
  authorized: Authorized,
  change: BoundaryChange,
): Promise<void> => {
  if (change.gain.length > 0) await assertMayWiden(context, authorized)
  await assertOriginatorKeepsControl(context, authorized, change.levels)
}

/** The refusal that `set` would meet, for people; null when it would be accepted. */
export const whyNot = async (
  context: OperationContext,
  authorized: Authorized,
  change: BoundaryChange,
): Promise<string | null> => {
  const governs = askAlso(authorized, { ask: 'govern' }).allowed
  try {
    // Whoever does not rule over the section is told so in the words of a refused widening: whom to ask.
    if (!governs) await assertMayWiden(context, authorized)
    await assertChange(context, authorized, change)
    return governs ? null : 'This cannot be changed now: the workspace is archived or your access is limited.'
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { ask } = error.details
    return ask === undefined ? error.forPeople : `${error.forPeople} Ask ${ask}.`
  }
}

export const changeView = async (
  { tx }: OperationContext,
  { gain, lose, hash }: BoundaryChange,
  why: string | null,
): Promise<BoundaryChangeView> => {
  const people = await readPeople(
    tx,
    [...gain, ...lose].map(({ personId }) => personId),
  )
  const named = (changes: readonly LevelChange[]) =>
    changes.map(({ personId, from, to }) => ({ person: mustGet(people, personId), from, to }))
  return {
    hash,
    widens: gain.length > 0,
    gain: named(gain),
    lose: named(lose),
    allowed: why === null,
    why,
  }
}
