import { countWarnings } from '@/server/audit/sealing/warnings'
import { startSequencer } from '@/server/audit/sequence'
import { openKeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import { startCheckpoints } from '@/server/audit/trees/sign-checkpoints'
import { startVerifications } from '@/server/audit/verify/verifications'
import { startDemonstrationWitnesses } from '@/server/demonstration/run-witnesses'
import { startExports } from '@/server/exports/run-exports'
import { startSessionSweep } from '@/server/identity/session-sweep'
import type { Sessions } from '@/server/identity/sessions'
import { startMail } from '@/server/mail/send-mail'
import type { Services } from '@/server/services'
import { readStreams } from '@/server/streams/read-streams'
import { startStreams } from '@/server/streams/start-streams'
import { startUpkeep } from '@/server/upkeep/upkeep'

/** What runs while nobody asks: the record's order and its signed heads, sessions that run out, what falls due, mail. */
export const startBackground = async (services: Services, sessions: Sessions) => {
  const configs = readStreams(services.env.streamsFile)
  const kept = await openKeptCheckpoints(services.env.checkpointDir)
  const sequencer = startSequencer(services, kept)
  const streams = startStreams(services, configs)
  const parts = [
    startMail(services),
    startUpkeep(services),
    ...(services.env.demonstration ? [startDemonstrationWitnesses(services)] : []),
    startSessionSweep(services, sessions),
    startVerifications(services, kept),
    startExports(services),
    streams,
    sequencer,
    startCheckpoints(services, kept),
  ]
  return {
    gauges: {
      recordBacklog: () => sequencer.backlog(),
      recordStopped: () => sequencer.isStopped(),
      recordWarnings: () => countWarnings(services.db),
      streams: streams.figures,
    },
    /** One after the other, in this order; the record's last, and what it signs after what it sequences. */
    stops: parts.map(({ stop }) => stop),
  }
}
