import { and, desc, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { newId } from '@/lib/ids'
import { hashOfTerms } from '@/lib/terms'
import { termsDrafts, termsSignatures, termsVersions } from '@/server/db/schema/partnership'
import { participations } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'

export type TermsRow = typeof termsVersions.$inferSelect
export type ParticipationRow = typeof participations.$inferSelect

/** The terms in force, or null where none were published. */
export const currentTerms = async (
  { tx }: Pick<OperationContext, 'tx'>,
  workspaceId: Id,
): Promise<TermsRow | null> => {
  const [row] = await tx.orm
    .select()
    .from(termsVersions)
    .where(eq(termsVersions.workspaceId, workspaceId))
    .orderBy(desc(termsVersions.version))
    .limit(1)
  return row ?? null
}

/** The draft with the hash that it would have as the next version. */
export const readDraft = async (context: Pick<OperationContext, 'tx'>, workspaceId: Id) => {
  const [row] = await context.tx.orm
    .select()
    .from(termsDrafts)
    .where(eq(termsDrafts.workspaceId, workspaceId))
  if (row === undefined) return null
  const version = ((await currentTerms(context, workspaceId))?.version ?? 0) + 1
  return { ...row, version, hash: hashOfTerms(workspaceId, version, row) }
}

/** The part that an organisation has here now, whatever it has signed. */
export const participationOf = async (
  { tx, at }: Pick<OperationContext, 'tx' | 'at'>,
  workspaceId: Id,
  orgId: Id,
): Promise<ParticipationRow | null> => {
  const [row] = await tx.orm
    .select()
    .from(participations)
    .where(
      and(
        eq(participations.workspaceId, workspaceId),
        eq(participations.orgId, orgId),
        inForceAt(participations, at),
      ),
    )
  return row ?? null
}

/** Ends the row and begins one that says otherwise: what was agreed on any day stays a query. */
export const replaceParticipation = async (
  { tx, at, actor }: OperationContext,
  old: ParticipationRow,
  changed: Partial<
    Pick<
      ParticipationRow,
      'ceiling' | 'mayExport' | 'validUntil' | 'signedTermsVersion' | 'state' | 'suspendedByOrg'
    >
  >,
): Promise<ParticipationRow> => {
  await tx.orm
    .update(participations)
    .set({ endedAt: at, endedBy: actor.personId })
    .where(eq(participations.id, old.id))
  const row = {
    ...old,
    ...changed,
    id: newId(),
    grantedBy: actor.personId,
    validFrom: at,
    endedAt: null,
    endedBy: null,
  }
  await tx.orm.insert(participations).values(row)
  return row
}

/** Puts an organisation's signature under a version, in the actor's name and on record. */
export const recordSignature = async (
  context: OperationContext,
  terms: Pick<TermsRow, 'workspaceId' | 'version' | 'hash'>,
  by: { orgId: Id; personId: Id },
): Promise<void> => {
  const { tx, at } = context
  const { workspaceId, version, hash } = terms
  // Who comes back under the terms of before signs them again: the row keeps the first time, the record has both.
  await tx.orm
    .insert(termsSignatures)
    .values({ id: newId(), workspaceId, version, hash, ...by, at })
    .onConflictDoNothing()
  context.record({
    type: 'terms.signed',
    object: { workspaceId, targetId: by.orgId },
    details: { version, hash },
  })
}
