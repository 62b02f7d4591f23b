import type { Id } from '@/lib/ids'
import { type Look, readLook } from '@/server/operations/break-glass/looks'
import type { OperationContext } from '@/server/operations/run-operation'

/**
 * A look, for the one who opened it and for those who rule over its section.
 * @throws Refusal for everybody else, as for one that is not there
 */
export const lookFor = async (
  context: OperationContext,
  breakGlassId: Id,
): Promise<{
  look: Look
  object: { workspaceId: Id; documentId: Id; sectionId: Id }
  isOwn: boolean
  role: string | undefined
}> => {
  const look = await readLook(context.tx, breakGlassId)
  if (look === null) {
    await context.authorize({ workspaceId: breakGlassId }, { ask: 'enter' })
    throw new Error('a look and a workspace with one id')
  }
  const { workspaceId, documentId } = look
  const { sectionId, personId } = look.look
  const isOwn = personId === context.actor.personId
  const { facts } = isOwn
    ? await context.authorize({ workspaceId }, { ask: 'enter' })
    : await context.authorize({ sectionId }, { ask: 'govern' })
  return { look, object: { workspaceId, documentId, sectionId }, isOwn, role: facts.membership?.role }
}
