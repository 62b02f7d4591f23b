import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import { labelById } from '@/server/marking/labels-in-use'
import type { Operation } from '@/server/operations/run-operation'
import { applyAtOnce } from '@/server/operations/sharing/apply-or-request'
import type { Authorized } from '@/server/policy/authorize'

/**
 * Asks: rule over the section. A label that lets more people in, or more be taken out, is a widening and asks what a
 * widening asks.
 */
export const markSection: Operation<{ sectionId: Id; label: string }, void> = {
  event: 'section.marked',
  async run(context, { sectionId, label: id }) {
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    const label = labelById(id)
    if (label === undefined) throw new DomainError('invalid', 'There is no such label here.')
    assertNamedOneByOne(authorized, label)
    await applyAtOnce(context, { sectionId }, { label: id })
  },
}

/** Under "named people only" a section without named people would be shut for everyone, its originator first. */
const assertNamedOneByOne = (
  { facts: { section, document } }: Authorized,
  label: Pick<Label, 'id' | 'named'>,
): void => {
  if (label.named === null) return
  const clauses = (section?.boundary ?? document?.boundary)?.clauses ?? []
  const isNamed = clauses.some((clause) => label.named === 'orgs' || clause.subjectKind === 'person')
  if (isNamed) return
  throw new DomainError(
    'invalid',
    label.named === 'people'
      ? `${label.id} is only for people who are named one by one, and nobody is. First name them in the boundary of this section, yourself included, then mark it.`
      : `${label.id} is only for organisations that are named, and none is. First name them in the boundary of this section, then mark it.`,
  )
}
