import type { Metadata } from 'next'
import { MyRequests } from '@/app/_asks/my-requests'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { AppShell } from '@/app/_components/shell/app-shell'
import { load } from '@/app/_data/server-api'

export const metadata: Metadata = { title: 'My requests' }

export default async function MyRequestsPage() {
  const path = '/requests'
  const { value, problem } = await load(path, (api) => api.requests.mine())
  return (
    <AppShell path={path}>
      {value ? <MyRequests initial={value} /> : null}
      {problem ? (
        <div className="container-page py-8">
          <h1 className="mb-4 font-semibold text-2xl">My requests</h1>
          <ProblemView problem={problem} />
        </div>
      ) : null}
    </AppShell>
  )
}
