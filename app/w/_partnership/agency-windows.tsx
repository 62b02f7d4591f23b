'use client'

import { useMutation } from '@tanstack/react-query'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { ConfirmDialog } from '@/app/_components/overlays/confirm-dialog'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import { ChangePart } from '@/app/w/_partnership/change-part'
import { EndPart } from '@/app/w/_partnership/end-part'
import type { AgencyPartView, WorkspaceView } from '@/lib/views/workspace'

export type AgencyWindow = 'none' | 'change' | 'suspend' | 'end'

interface AgencyWindowsProps {
  workspace: WorkspaceView
  agency: AgencyPartView
  own: boolean
  shown: AgencyWindow
  onShow: (shown: AgencyWindow) => void
}

/** The windows behind an agency's menu: fetched when the first of them is opened. */
export function AgencyWindows({ workspace, agency, own, shown, onShow }: AgencyWindowsProps) {
  const api = useApi()
  const refresh = useRefresh()
  const of = { workspaceId: workspace.id, orgId: agency.id }
  const window = (name: AgencyWindow) => ({
    open: shown === name,
    onOpenChange: (open: boolean) => onShow(open ? name : 'none'),
  })
  const suspend = useMutation(
    api.participation.suspend.mutationOptions({
      onSuccess: () => {
        if (own) return location.reload()
        toast({ text: `${agency.name} is suspended.` })
        onShow('none')
        void refresh('workspaces', 'members')
      },
    }),
  )
  return (
    <>
      <ChangePart workspaceId={workspace.id} agency={agency} own={own} {...window('change')} />
      <EndPart
        workspaceId={workspace.id}
        title={workspace.title}
        orgId={agency.id}
        orgName={agency.name}
        own={own}
        {...window('end')}
      />
      <ConfirmDialog
        {...window('suspend')}
        title={`Suspend ${agency.name} in ${workspace.title}?`}
        confirmLabel="Suspend"
        danger
        busy={suspend.isPending}
        problem={suspend.error ? <ProblemView problem={problemOf(suspend.error)} /> : null}
        onConfirm={() => suspend.mutate({ ...of, confirm: true })}
      >
        <ul className="flex list-disc flex-col gap-1 pl-5">
          <li>Its people lose access at once, and what is open on their screens closes.</li>
          <li>
            Everything stays where it is: sections, boundaries, roles. Resuming gives back exactly that.
          </li>
          <li>
            Only the side that suspends can resume:{' '}
            {own ? `a lead of ${agency.name}` : `a lead of ${workspace.host.name}`}.
          </li>
        </ul>
      </ConfirmDialog>
    </>
  )
}
