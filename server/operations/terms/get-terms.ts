import { asc, desc, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { TermsView } from '@/lib/views/partnership'
import { termsSignatures, termsVersions } from '@/server/db/schema/partnership'
import type { Operation } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readParticipants, readPeople } from '@/server/operations/shaping/agencies'
import { readDraft } from '@/server/operations/terms/terms-rows'
import { termsStanding } from '@/server/operations/terms/terms-standing'
import { authorize, Refusal } from '@/server/policy/authorize'

/**
 * Every version of a workspace's terms and who has signed it, for the people of the organisations that take part, also while
 * R4 holds them out. The draft is the host's own until it is published.
 */
export const getTerms: Operation<{ workspaceId: Id }, TermsView> = {
  event: 'terms.viewed',
  own: true,
  async run(context, { workspaceId }) {
    const { tx, actor, at } = context
    const { workspace, participation, speaks } = await termsStanding(context, workspaceId)
    const rows = await tx.orm
      .select()
      .from(termsVersions)
      .where(eq(termsVersions.workspaceId, workspaceId))
      .orderBy(desc(termsVersions.version))
    const signatures = await tx.orm
      .select()
      .from(termsSignatures)
      .where(eq(termsSignatures.workspaceId, workspaceId))
      .orderBy(asc(termsSignatures.at))
    const request = { ask: 'members', orgId: workspace.hostOrgId } as const
    const isHost = await authorize(tx, actor, { workspaceId }, request, at.getTime()).then(
      () => true,
      (error: unknown) => {
        if (error instanceof Refusal && error.code !== 'signed_out') return false
        throw error
      },
    )
    const draft = isHost ? await readDraft(context, workspaceId) : null
    const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
    const people = await readPeople(tx, [
      ...rows.map(({ publishedBy }) => publishedBy),
      ...signatures.map(({ personId }) => personId),
      ...(draft === null ? [] : [draft.updatedBy]),
    ])
    const { suspendedByOrg } = participation
    const agencies = await readAgencies(tx, [
      workspace.hostOrgId,
      ...signatures.map(({ orgId }) => orgId),
      ...(suspendedByOrg === null ? [] : [suspendedByOrg]),
    ])
    const heldOut = participation.signedTermsVersion < workspace.termsVersion
    context.recordView({ object: { workspaceId }, volume: { versions: rows.length } }, [
      rows[0]?.version ?? 0,
      signatures.length,
      draft?.hash ?? null,
    ])
    return {
      workspaceId,
      title: workspace.title,
      host: mustGet(agencies, workspace.hostOrgId),
      versions: rows.map(({ version, hash, text, consentToInvite, onLeaving, publishedBy, publishedAt }) => ({
        version,
        hash,
        text,
        consentToInvite,
        onLeaving,
        publishedBy: mustGet(people, publishedBy),
        publishedAt: publishedAt.toISOString(),
        signatures: signatures
          .filter((signature) => signature.version === version)
          .map((signature) => ({
            agency: mustGet(agencies, signature.orgId),
            person: mustGet(people, signature.personId),
            at: signature.at.toISOString(),
          })),
      })),
      draft: draft && {
        text: draft.text,
        consentToInvite: draft.consentToInvite,
        onLeaving: draft.onLeaving,
        hash: draft.hash,
        updatedBy: mustGet(people, draft.updatedBy),
        updatedAt: draft.updatedAt.toISOString(),
      },
      agencies: participants.map(({ agency, participation: part }) => ({
        agency,
        signedVersion: part.signedTermsVersion,
      })),
      heldOut,
      suspendedBy: suspendedByOrg === null ? null : mustGet(agencies, suspendedByOrg),
      can: {
        draft: isHost,
        sign: heldOut && speaks,
        resume: speaks && suspendedByOrg === actor.orgId,
        leave: speaks && actor.orgId !== workspace.hostOrgId,
        whom:
          (heldOut || suspendedByOrg === actor.orgId) && !speaks
            ? `a lead or an administrator of ${actor.orgName}`
            : null,
      },
    }
  },
}
