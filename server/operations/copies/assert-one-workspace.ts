import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'

/** @throws DomainError `invalid`: the actor may know of both, so that the reason tells nothing new */
export const assertOneWorkspace = (one: { workspaceId: Id }, other: { workspaceId: Id }): void => {
  if (one.workspaceId === other.workspaceId) return
  throw new DomainError(
    'invalid',
    'Text does not go from one workspace to another: other agencies take part there, under other terms. Choose a document of this workspace.',
  )
}
