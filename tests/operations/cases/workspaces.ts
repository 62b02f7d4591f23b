import { createWorkspace } from '@/server/operations/workspaces/create-workspace'
import { getWorkspace } from '@/server/operations/workspaces/get-workspace'
import { listWorkspaces } from '@/server/operations/workspaces/list-workspaces'
import { type OperationCase, of, stranger } from '@/tests/operations/operation-case'

export const WORKSPACES: readonly OperationCase[] = [
  of('workspaces/list-workspaces', listWorkspaces, () => undefined, 'guest', null),
  of('workspaces/get-workspace', getWorkspace, ({ workspaceId }) => ({ workspaceId }), 'guest', stranger),
  of('workspaces/create-workspace', createWorkspace, () => ({ title: 'Fire' }), 'hospitalLead', {
    who: 'weatherEditor',
    code: 'denied',
  }),
]
