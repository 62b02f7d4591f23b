import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Label } from '@/lib/marking/label'
import { labelById } from '@/lib/marking/tlp'
import { sections } from '@/server/db/schema/content'
import { assertMayWiden, assertOriginatorKeepsControl } from '@/server/operations/boundaries/assert-control'
import { compareLevels, levelsOf } from '@/server/operations/boundaries/compare-levels'
import type { Operation } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'
import type { Authorized } from '@/server/policy/authorize'

/** Asks: rule over the section. A label that lets more people in is a widening, and asks what a widening asks. */
export const markSection: Operation<{ sectionId: Id; label: string }, void> = {
  event: 'section.marked',
  async run(context, { sectionId, label: id }) {
    const { tx } = context
    const authorized = await context.authorize({ sectionId }, { ask: 'govern' })
    const label = labelById(id)
    if (label === undefined) throw new DomainError('invalid', 'There is no such label here.')
    assertNamedOneByOne(authorized, label)
    const before = await levelsOf(context, sectionId)
    await tx.orm.update(sections).set({ label: id }).where(eq(sections.id, sectionId))
    const after = await levelsOf(context, sectionId)
    const { gain, lose } = compareLevels([before], [after])
    if (gain.length > 0) await assertMayWiden(context, authorized)
    await assertOriginatorKeepsControl(context, authorized, [after])
    const object = sectionObject(authorized, sectionId)
    context.record({
      object,
      before: { label: authorized.facts.section?.label.id ?? null },
      after: { label: id },
      volume: { gain: gain.length, lose: lose.length },
      details: { gain: gain.map(({ personId }) => personId), lose: lose.map(({ personId }) => personId) },
    })
    await context.changeAccess(object)
  },
}

/** Under "named people only" a section without named people would be shut for everyone, its originator first. */
const assertNamedOneByOne = ({ facts: { section, document } }: Authorized, label: Label): void => {
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
