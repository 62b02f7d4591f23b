import type { Id } from '@/lib/ids'
import type { OperationContext } from '@/server/operations/run-operation'
import { mayDiscover } from '@/server/operations/shaping/section-view'
import { type Authorized, authorizeEach, Refusal } from '@/server/policy/authorize'

export interface ShownDocument {
  /** What the decision on record rests on: the document, or the section that leads to it. */
  authorized: Authorized
  document: Authorized
  sections: Authorized[]
}

/**
 * May the actor know of this document? Yes with `discover` on it or on any section in it (a guest who is named in a
 * section alone reaches it through its document). Answers for the document and for what may be known below it.
 * A hidden and a missing document take the same way through here, so that they take the same time.
 */
export const authorizeShown = async (context: OperationContext, documentId: Id): Promise<ShownDocument> => {
  const { tx, actor, at } = context
  const discover = { ask: 'level', needs: 'discover' } as const
  const direct = await context.authorize({ documentId }, discover).catch(refusal)
  const answers = await authorizeEach(
    tx,
    actor,
    { documentId },
    { ask: 'level', needs: 'edit' },
    at.getTime(),
  )
  const sections = answers.sections.filter(mayDiscover)
  const [document] = answers.documents
  if (document === undefined) throw new Error(`document ${documentId} was not among its own answers`)
  if (!(direct instanceof Refusal)) return { authorized: direct, document, sections }
  const [first] = sections
  if (typeof first?.sectionId !== 'string') throw direct
  return { authorized: await context.authorize({ sectionId: first.sectionId }, discover), document, sections }
}

const refusal = (error: unknown): Refusal => {
  if (error instanceof Refusal) return error
  throw error
}
