'use client'

import { useMutation } from '@tanstack/react-query'
import { CirclePause, CirclePlay, Ellipsis, LogOut, SlidersHorizontal } from 'lucide-react'
import { useState } from 'react'
import { IconButton } from '@/app/_components/controls/icon-button'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Menu, MenuItem, MenuSeparator } from '@/app/_components/overlays/menu'
import { later, useLater } from '@/app/_components/overlays/parts/later'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { AgencyWindow } from '@/app/w/_partnership/agency-windows'
import type { AgencyPartView, WorkspaceView } from '@/lib/views/workspace'

const agencyWindows = later(() => import('@/app/w/_partnership/agency-windows'))

interface AgencyMenuProps {
  workspace: WorkspaceView
  agency: AgencyPartView
  own: boolean
}

/** What one may do about an agency's part: nothing at all shows no menu. */
export function AgencyMenu({ workspace, agency, own }: AgencyMenuProps) {
  const [shown, setShown] = useState<AgencyWindow>('none')
  const windows = useLater(agencyWindows, shown !== 'none', () => setShown('none'))
  const api = useApi()
  const refresh = useRefresh()
  const { can } = agency
  const of = { workspaceId: workspace.id, orgId: agency.id }
  const resume = useMutation(
    api.participation.resume.mutationOptions({
      onSuccess: () => {
        toast({ text: `${agency.name} takes part again.` })
        void refresh('workspaces', 'members')
      },
      onError: toastProblem,
    }),
  )
  if (!Object.values(can).some(Boolean)) return null
  return (
    <>
      <Menu trigger={<IconButton label={`More for ${agency.name}`} icon={<Ellipsis />} />}>
        <MenuItem icon={<SlidersHorizontal />} onSelect={() => setShown('change')}>
          Change what it may do
        </MenuItem>
        {can.resume ? (
          <MenuItem icon={<CirclePlay />} onSelect={() => resume.mutate(of)}>
            Resume
          </MenuItem>
        ) : (
          <MenuItem
            icon={<CirclePause />}
            disabledWhy={
              can.suspend ? null : `Only ${agency.suspendedBy?.name ?? 'who suspended it'} can resume this.`
            }
            onSelect={() => setShown('suspend')}
          >
            Suspend
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={<LogOut />} danger onSelect={() => setShown('end')}>
          {can.leave ? 'Leave with the whole agency' : 'Take out'}
        </MenuItem>
      </Menu>
      {windows && shown !== 'none' ? (
        <windows.AgencyWindows
          workspace={workspace}
          agency={agency}
          own={own}
          shown={shown}
          onShow={setShown}
        />
      ) : null}
    </>
  )
}
