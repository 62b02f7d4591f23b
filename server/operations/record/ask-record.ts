import type { Grouping, QuestionId } from '@/lib/audit/questions'
import type { Id } from '@/lib/ids'
import type { RecordGroupsView } from '@/lib/views/desk'
import type { RecordFilter } from '@/lib/views/record'
import { readGroups } from '@/server/audit/desk/groups'
import { scopeOf } from '@/server/audit/scope'
import { asked, filterOnRecord, type Loose } from '@/server/operations/record/asked'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  filter: Loose<RecordFilter>
  by: Grouping
  /** Which of the desk's questions it is; null for a grouping of one's own. */
  question: QuestionId | null
}

/** Asks: to read the record. Entries counted by who, what or by which rule: the answer to a question. */
export const askRecord: Operation<Input, RecordGroupsView> = {
  event: 'record.asked',
  async run(context, { workspaceId, filter: given, by, question }) {
    const scope = scopeOf(await context.authorize({ workspaceId }, { ask: 'record' }))
    const filter = asked(given)
    const answer = await readGroups(context.tx, { workspaceId, scope, filter }, by)
    context.record({
      object: { workspaceId },
      details: { question, by, filter: filterOnRecord(filter) },
      volume: { entries: answer.entries, groups: answer.groups.length },
    })
    return answer
  },
}
