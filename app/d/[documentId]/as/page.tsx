import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'
import { ViewAsScreen } from '@/app/_view-as/view-as-screen'
import { isId } from '@/lib/ids'
import { ROLES } from '@/lib/policy/vocabulary'

export const metadata: Metadata = { title: 'View as' }

interface PageProps {
  params: Promise<{ documentId: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

/** A document's structure as somebody else would see it: for those who rule over something in it. */
export default async function Page({ params, searchParams }: PageProps) {
  const { documentId } = await params
  if (!isId(documentId)) notFound()
  const { person, agency, role } = await searchParams
  const path = `/d/${documentId}/as`
  const chosenRole = ROLES.find((one) => one === role) ?? 'editor'
  const as =
    typeof person === 'string' && isId(person)
      ? { personId: person }
      : typeof agency === 'string' && isId(agency)
        ? { orgId: agency, role: chosenRole }
        : null
  const { value, problem } = await load(path, (api) => api.access.viewAs({ documentId, as }))
  return (
    <AppShell path={path}>
      {value ? (
        <ViewAsScreen view={value} />
      ) : (
        <div className="container-page py-10">
          <ProblemView problem={problem} />
        </div>
      )}
    </AppShell>
  )
}
