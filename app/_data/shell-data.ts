import { cache } from 'react'
import { load } from '@/app/_data/server-api'

/** What header, sidebar and home page show; asked for once per request, however many of them ask. */
export const loadShell = cache((path: string) =>
  load(path, async (api) => {
    const [me, workspaces, starred, unread] = await Promise.all([
      api.me.get(),
      api.workspaces.list(),
      api.documents.starred(),
      api.inbox.count(),
    ])
    return { me, workspaces, starred, unread }
  }),
)
