import { type Id, newId } from '@/lib/ids'
import type { Actor } from '@/server/identity/actor'
import type { Services } from '@/server/services'

/** Something that is nobody's refusal. People see the id only; the log holds the rest under it. */
export class Bug extends Error {
  override readonly name = 'Bug'

  constructor(
    readonly id: Id,
    cause: unknown,
  ) {
    super(`Something went wrong, id ${id}.`, { cause })
  }
}

/** Logs the error under a fresh id, once, and gives back what to throw instead. Inputs are never logged: content. */
export const reportBug = (
  services: Pick<Services, 'log'>,
  actor: Actor | null,
  doing: string,
  error: unknown,
): Bug => {
  if (error instanceof Bug) return error
  const bug = new Bug(newId(), error)
  services.log.error(
    { bug: bug.id, doing, personId: actor?.personId, requestId: actor?.source.requestId, err: error },
    'something went wrong',
  )
  return bug
}
