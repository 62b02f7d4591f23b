import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { RecordScope } from '@/server/audit/scope'
import type { Reader } from '@/server/db/client'
import {
  FINDING_COLUMNS,
  type FindingRow,
  findingsWithin,
} from '@/server/operations/record/findings/finding-rows'

/** One finding of a workspace within a scope. @throws DomainError `missing`, the same for one that is not the reader's to see */
export const findFinding = async (
  reader: Reader,
  { workspaceId, findingId, scope }: { workspaceId: Id; findingId: Id; scope: RecordScope },
): Promise<FindingRow> => {
  const { rows } = await reader.query<FindingRow>(
    `select ${FINDING_COLUMNS} from findings f where f.workspace_id = $1 and f.id = $2
       and ($3::uuid is null or ${findingsWithin(scope, '$3')})`,
    [workspaceId, findingId, scope.kind === 'whole' ? null : scope.orgId],
  )
  const [row] = rows
  if (row === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  return row
}
