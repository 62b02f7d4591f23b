'use client'

import { useQuery } from '@tanstack/react-query'
import { Building2, FileText, House, Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { NavLink } from '@/app/_components/shell/nav-link'
import { WorkspaceBranch } from '@/app/_components/shell/workspace-branch'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { DocumentRowView, WorkspaceCardView } from '@/lib/views/workspace'

interface SidebarNavProps {
  workspaces: WorkspaceCardView[]
  starred: (DocumentRowView & { workspaceTitle: string })[]
  workspaceId?: Id
}

/** My workspaces, each with its documents; what I starred. Follows what changes on this page. */
export function SidebarNav({ workspaces, starred, workspaceId }: SidebarNavProps) {
  const api = useApi()
  const cards = useQuery({ ...api.workspaces.list.queryOptions(), initialData: workspaces }).data
  const stars = useQuery({ ...api.documents.starred.queryOptions(), initialData: starred }).data
  const active = cards.filter((card) => card.state === 'active' || card.id === workspaceId)
  return (
    <nav aria-label="Workspaces and documents" className="flex flex-col gap-4 p-2">
      <ul>
        <li>
          <NavLink href="/" icon={<House />}>
            My workspaces
          </NavLink>
        </li>
        <li>
          <NavLink href="/organisation" icon={<Building2 />}>
            My organisation
          </NavLink>
        </li>
      </ul>
      {stars.length > 0 ? (
        <Group title="Starred">
          {stars.map((row) => (
            <li key={row.id}>
              <NavLink
                href={`/d/${row.id}`}
                icon={<Star className="fill-current" />}
                title={`${row.title}, ${row.workspaceTitle}`}
              >
                {row.title}
              </NavLink>
            </li>
          ))}
        </Group>
      ) : null}
      {active.length > 0 ? (
        <Group title="Workspaces">
          {active.map((card) => (
            <WorkspaceBranch
              key={card.id}
              card={card}
              openAtFirst={card.id === workspaceId && card.role !== 'auditor'}
            />
          ))}
        </Group>
      ) : (
        <p className="flex gap-2 px-2 text-muted-foreground text-sm">
          <FileText aria-hidden className="mt-0.5 size-4 shrink-0" />
          Workspaces that you take part in will stand here.
        </p>
      )}
    </nav>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h2 className="px-2 pb-1 font-medium text-muted-foreground text-xs">{title}</h2>
      <ul>{children}</ul>
    </section>
  )
}
