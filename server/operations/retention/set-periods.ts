import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { PeriodsView } from '@/lib/views/retention/retention'
import { treeOf } from '@/server/audit/inbox'
import { PRESETS, readPeriods } from '@/server/audit/retention/periods'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import { askForSecond, hashOfChange } from '@/server/operations/retention/request-rows'
import type { Operation, OperationContext } from '@/server/operations/run-operation'

interface Input extends PeriodsView {
  workspaceId: Id
}

const total = ({ searchableMonths, coldMonths }: PeriodsView): number => searchableMonths + coldMonths

/**
 * Asks: to read the record. Keeping as long or longer holds at once; keeping shorter waits for an auditor of another organisation,
 * because it lets parts of the record be dropped sooner.
 */
export const setPeriods: Operation<Input, { waits: boolean }> = {
  event: 'retention.changed',
  async run(context, { workspaceId, searchableMonths, coldMonths }) {
    const { tx } = context
    await context.authorize({ workspaceId }, { ask: 'record' })
    await assertConfirmed(context)
    const after: PeriodsView = { searchableMonths, coldMonths }
    if (!PRESETS.some((preset) => same(preset, after)))
      throw new DomainError('invalid', 'Choose one of the periods that are offered.')
    const tree = treeOf(workspaceId)
    const before = (await readPeriods(tx, [tree]))(tree)
    if (same(before, after)) throw new DomainError('conflict', 'These are the periods in force.')
    if (total(after) >= total(before)) {
      await putPeriods(context, tree, after, null)
      context.record({ object: { workspaceId }, before: { ...before }, after: { ...after } })
      return { waits: false }
    }
    const hash = hashOfChange(workspaceId, before, after)
    const id = await askForSecond(context, workspaceId, { kind: 'shorten', periods: after }, hash)
    context.record({
      type: 'retention.shorten_asked',
      object: { workspaceId, targetId: id },
      before: { ...before },
      after: { ...after },
      details: { hash },
    })
    return { waits: true }
  },
}

const same = (a: PeriodsView, b: PeriodsView): boolean =>
  a.searchableMonths === b.searchableMonths && a.coldMonths === b.coldMonths

/** @param first who asked, where it took two */
export const putPeriods = async (
  { tx, actor, at }: OperationContext,
  tree: string,
  { searchableMonths, coldMonths }: PeriodsView,
  first: Id | null,
): Promise<void> => {
  await tx.query(
    `insert into audit_retention (id, tree, searchable_months, cold_months, set_by, second_by, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [newId(), tree, searchableMonths, coldMonths, first ?? actor.personId, first && actor.personId, at],
  )
}
