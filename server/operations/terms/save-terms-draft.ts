import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { TermsContent } from '@/lib/views/partnership'
import { termsDrafts } from '@/server/db/schema/partnership'
import type { Operation } from '@/server/operations/run-operation'
import { readDraft } from '@/server/operations/terms/terms-rows'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

interface Input {
  workspaceId: Id
  content: TermsContent
  /** Hash of the draft that was changed; null where there was none. */
  basedOn: string | null
}

/** Asks: to lead the host's people. A draft binds nobody; somebody else's changes to it are not overwritten unseen. */
export const saveTermsDraft: Operation<Input, { hash: string }> = {
  event: 'terms.drafted',
  async run(context, { workspaceId, content, basedOn }) {
    const { tx, actor, at } = context
    await authorizeHost(context, workspaceId)
    const old = await readDraft(context, workspaceId)
    if ((old?.hash ?? null) !== basedOn)
      throw new DomainError(
        'conflict',
        'Somebody else has changed this draft meanwhile. Your text is still here: copy it, reload, and join the two.',
      )
    const written = { ...content, updatedBy: actor.personId, updatedAt: at }
    if (old === null) await tx.orm.insert(termsDrafts).values({ workspaceId, ...written })
    else await tx.orm.update(termsDrafts).set(written).where(eq(termsDrafts.workspaceId, workspaceId))
    const { hash } = (await readDraft(context, workspaceId)) as { hash: string }
    context.record({
      object: { workspaceId },
      details: { hash },
      volume: { characters: content.text.length },
    })
    return { hash }
  },
}
