import { handleTrpc } from '@/server/api/handle-http'
import { serveExport } from '@/server/exports/serve-export'
import type { Sessions } from '@/server/identity/sessions'
import type { LiveChannel } from '@/server/live/live-channel'
import type { Services } from '@/server/services'
import type { createSyncServer } from '@/server/sync/sync-server'
import { createWitnessDoor } from '@/server/witness/host/door'

/** Whoever answers what does not go to a page. */
export const handlersOf = (
  services: Services,
  sessions: Sessions,
  { sync, live }: { sync: ReturnType<typeof createSyncServer>; live: LiveChannel },
) => ({
  api: handleTrpc(services, sessions),
  exports: serveExport(services, sessions),
  live: live.handle,
  witnesses: createWitnessDoor(services),
  collab: sync.upgrade,
})
