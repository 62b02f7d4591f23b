import type { Awareness } from 'y-protocols/awareness'
import { agencySolid } from '@/app/_components/marks/agency-palette'
import type { Speaker } from '@/lib/sync/presence'
import type { PersonView } from '@/lib/views/person'

/** What the server writes into every presence state: who is speaking. The browser's own claims never arrive. */
export type ShownSpeaker = Speaker & { color?: string }

/** One face per person, also when somebody has the section open in several windows; never my own. */
export const peopleIn = (states: Iterable<unknown>, myId: string): PersonView[] => {
  const people = new Map<string, PersonView>()
  for (const state of states) {
    const speaker = speakerOf(state)
    if (speaker !== null && speaker.personId !== myId) people.set(speaker.personId, personOf(speaker))
  }
  return [...people.values()].sort((a, b) => a.name.localeCompare(b.name))
}

/** The editor draws other people's selections in `user.color`: the agency's, from what the server said. */
export const colourSpeakers = (states: Iterable<unknown>): void => {
  for (const state of states) {
    const speaker = speakerOf(state)
    if (speaker !== null) speaker.color = agencySolid(speaker.orgColour)
  }
}

export const samePeople = (a: readonly PersonView[], b: readonly PersonView[]): boolean =>
  a.length === b.length && a.every((person, index) => person.id === b[index]?.id)

/**
 * To be called while a connection closes. The provider then forgets who was here but not how new that news was, so
 * the same news would be ignored when it comes back and faces would be missing for up to 15 s. The entries themselves
 * must stay: the provider still tells their removal, with the clock.
 */
export const forgetClocks = ({ meta }: Awareness, ownClient: number): void => {
  for (const [client, known] of meta) if (client !== ownClient) meta.set(client, { ...known, clock: 0 })
}

const speakerOf = (state: unknown): ShownSpeaker | null => {
  if (typeof state !== 'object' || state === null || !('user' in state)) return null
  const { user } = state
  return typeof user === 'object' && user !== null && 'personId' in user ? (user as ShownSpeaker) : null
}

const personOf = ({ personId, name, orgShortCode, orgColour }: Speaker): PersonView => ({
  id: personId,
  name,
  org: { id: orgShortCode, name: orgShortCode, shortCode: orgShortCode, colour: orgColour },
})
