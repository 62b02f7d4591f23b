import type { Services } from '@/server/services'
import type { StreamConfig } from '@/server/streams/read-streams'
import { PACE, type RunningStream, runStream } from '@/server/streams/run-stream'
import type { Send } from '@/server/streams/send'
import { sendByHttps } from '@/server/streams/send-https'
import { sendBySyslog } from '@/server/streams/send-syslog'
import { enterStreams } from '@/server/streams/stream-rows'

export interface Streams {
  /** Of the streams that this node sends. */
  figures(): { stream: string; events: number; seconds: number; sent: number }[]
  stop(): Promise<void>
}

/** An organisation that the file names may be set up after the start. */
const AGAIN_MS = 60_000
/** With a receiver that does not answer, when the process stops. */
const PATIENCE_MS = 3_000

/** Starts what the operator's file names. @param configs of `readStreams` */
export const startStreams = (services: Services, configs: readonly StreamConfig[], pace = PACE): Streams => {
  const { db, log, env } = services
  const { host } = new URL(env.publicUrl)
  const running = new Map<string, RunningStream & { close(): void }>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const open = (config: StreamConfig): { send: Send; close(): void } =>
    config.kind === 'https' ? sendByHttps(config) : sendBySyslog(config, host)

  const enter = async (): Promise<void> => {
    let again = false
    try {
      const { streams, unknown } = await enterStreams(db, configs)
      for (const stream of streams) {
        if (stopped || running.has(stream.config.name)) continue
        const { send, close } = open(stream.config)
        running.set(stream.config.name, { ...runStream(services, stream, send, pace), close })
      }
      if (unknown.length > 0)
        log.warn({ streams: unknown }, 'streams of organisations that are not known here wait')
      again = unknown.length > 0
    } catch (error) {
      log.error({ err: error }, 'streams could not be started')
      again = true
    }
    if (!again || stopped) return
    timer = setTimeout(() => {
      entering = enter()
    }, AGAIN_MS)
    timer.unref()
  }
  let entering = enter()

  return {
    figures: () =>
      [...running.values()].flatMap(({ name, lag, sent }) => {
        const now = lag()
        return now === null ? [] : [{ stream: name, ...now, sent: sent() }]
      }),
    async stop() {
      stopped = true
      clearTimeout(timer)
      await entering
      const all = [...running.values()]
      // A message under way may still be answered; what is not is sent again after the next start.
      const closeAll = () => {
        for (const { close } of all) close()
      }
      const patience = setTimeout(closeAll, PATIENCE_MS)
      await Promise.all(all.map((stream) => stream.stop()))
      clearTimeout(patience)
      closeAll()
    },
  }
}
