import { peekVarUint, readVarString, readVarUint, readVarUint8Array } from 'lib0/decoding'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import {
  backoff,
  type ConnectionStatus,
  DAMAGED,
  meaningOf,
  OUTDATED,
} from '@/app/_editor/connection/close-meaning'
import { type ConnectQueue, pageQueue } from '@/app/_editor/connection/connect-queue'
import { countingSocket, type WriteCounts } from '@/app/_editor/connection/counting-socket'
import { keepOneBlock } from '@/app/_editor/connection/one-block'
import { type Watchable, Watched } from '@/app/_editor/connection/watchable'
import type { Id } from '@/lib/ids'
import { EDITOR_SCHEMA_VERSION } from '@/lib/sync/editor-schema'
import { writeStep2 } from '@/lib/sync/frame'
import {
  ACK_PARAMETER,
  AUTH,
  CLOSE,
  COLLAB_PATH,
  MESSAGE,
  READ_ONLY,
  SCHEMA_PARAMETER,
  SYNC,
} from '@/lib/sync/protocol'

/** saved: committed by the server. saving: sent, not yet committed. offline-unsaved: only in this browser. */
export type SavingState = 'saved' | 'saving' | 'offline-unsaved'

export interface SectionConnectionOptions {
  sectionId: Id
  doc: Y.Doc
  /** What the server said this person may do (`SectionView.can.edit`). */
  canEdit: boolean
  /** "wss://host": by default the page's own. */
  serverUrl?: string
  /**
   * The local copy holds what this person may not see, or not write, any more: destroy doc and connection. With
   * `reopen`, open again with a new Y.Doc; without, show the reason in place of the text.
   */
  onDropLocalCopy?: (drop: { reopen: boolean; reason: string }) => void
  WebSocketClass?: typeof WebSocket
  queue?: ConnectQueue
}

export interface SectionConnection {
  provider: WebsocketProvider
  status: Watchable<ConnectionStatus>
  saved: Watchable<SavingState>
  /** Why it is not live, in plain words; null while it is. */
  reason: Watchable<string | null>
  setCanEdit(canEdit: boolean): void
  destroy(): void
}

/** What the server says of a section that nobody, or not this page, can write in. */
const STOPPED: Record<string, { status: ConnectionStatus; reason: string } | undefined> = {
  [READ_ONLY.damaged]: { status: 'damaged', reason: DAMAGED },
  [READ_ONLY.schema]: { status: 'outdated', reason: OUTDATED },
}

/**
 * The stock y-websocket provider with what a person needs to see: whether it is connected, whether it is saved, and
 * why it stopped. Create it in an effect and destroy it in its cleanup, together with the Y.Doc.
 */
export const openSectionConnection = (options: SectionConnectionOptions): SectionConnection => {
  const { doc } = options
  const status = new Watched<ConnectionStatus>('connecting')
  const reason = new Watched<string | null>(null)
  const saved = new Watched<SavingState>('saved')
  let canEdit = options.canEdit
  let counts: WriteCounts = { sent: 0, committed: 0, step2Sent: false }
  /** Something typed here is not known to be committed. */
  let dirty = false
  let readOnly: string | null = null
  let attempts = 0
  let leftForAccess = false
  /** The server's question for what it lacks, while it has not answered ours. */
  let asked: Uint8Array | null = null

  const provider = new WebsocketProvider(
    options.serverUrl ?? `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`,
    `${COLLAB_PATH.slice(1)}${options.sectionId}`,
    doc,
    {
      connect: false,
      // BroadcastChannel would hand content from tab to tab around the server.
      disableBc: true,
      params: { [ACK_PARAMETER]: '1', [SCHEMA_PARAMETER]: String(EDITOR_SCHEMA_VERSION) },
      WebSocketPolyfill: countingSocket(options.WebSocketClass ?? WebSocket, (fresh) => {
        counts = fresh
        readOnly = null
        asked = null
      }),
    },
  )

  const showSaving = () => {
    if (dirty && provider.wsconnected && counts.step2Sent && counts.committed >= counts.sent) dirty = false
    saved.set(!dirty ? 'saved' : provider.wsconnected ? 'saving' : 'offline-unsaved')
  }

  /** Yjs takes a new clientID when its own comes back from elsewhere; presence would go on under one that nobody speaks for. */
  const movePresence = () => {
    const { awareness } = provider
    if (awareness.clientID === doc.clientID) return
    const state = awareness.getLocalState()
    awareness.setLocalState(null)
    awareness.clientID = doc.clientID
    awareness.setLocalState(state)
  }

  const onUpdate = (_update: Uint8Array, origin: unknown) => {
    movePresence()
    if (origin === provider) return
    dirty = true
    showSaving()
  }
  doc.on('update', onUpdate)
  const stopKeeping = keepOneBlock(doc, () => canEdit && readOnly === null)

  provider.messageHandlers[MESSAGE.ack] = (_encoder, decoder) => {
    counts.committed = readVarUint(decoder)
    showSaving()
  }

  // First what others did meanwhile, then what was typed here: `keepOneBlock` brings the two together in between.
  const readSync = provider.messageHandlers[MESSAGE.sync]
  provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    if (!provider.synced && peekVarUint(decoder) === SYNC.step1) {
      readVarUint(decoder)
      asked = readVarUint8Array(decoder)
    } else readSync?.(encoder, decoder, ...rest)
  }
  const answerServer = () => {
    if (asked !== null) provider.ws?.send(Uint8Array.from(writeStep2(Y.encodeStateAsUpdate(doc, asked))))
    asked = null
  }

  // Comes before the text does.
  provider.messageHandlers[MESSAGE.auth] = (_encoder, decoder) => {
    readOnly = readVarUint(decoder) === AUTH.readOnly ? readVarString(decoder) : null
  }

  /** Whoever hears of a status asks for its reason at once. */
  const show = (now: ConnectionStatus, why: string | null) => {
    reason.set(why)
    status.set(now)
  }

  const showLive = () => {
    const stopped = STOPPED[readOnly ?? '']
    show(stopped?.status ?? (canEdit ? 'live' : 'readonly'), stopped?.reason ?? null)
  }

  let leaveQueue = (options.queue ?? pageQueue).take(() => provider.connect())
  provider.on('sync', (synced: boolean) => {
    if (!synced) return
    leaveQueue()
    answerServer()
    attempts = 0
    showLive()
    showSaving()
  })

  provider.on('connection-close', (event: CloseEvent | null) => {
    leaveQueue()
    const meaning = meaningOf(event?.code ?? null, event?.reason)
    // Refused right after a change of access: what was typed before the change is not allowed any more, the text
    // itself may still be. Come back with an empty document and see.
    const reopen = event?.code === CLOSE.refused && leftForAccess && dirty
    leftForAccess = event?.code === CLOSE.accessChanged
    attempts++
    // The provider waits min(its own backoff, this): full jitter instead of everybody at the same moment.
    provider.maxBackoffTime = backoff(attempts)
    if (event?.code === CLOSE.tooLarge) provider.shouldConnect = false
    show(meaning.status, meaning.reason)
    // `wsconnected` changes only after this event.
    saved.set(dirty ? 'offline-unsaved' : 'saved')
    if (meaning.dropLocalCopy) options.onDropLocalCopy?.({ reopen, reason: meaning.reason })
  })

  return {
    provider,
    status,
    saved,
    reason,
    setCanEdit: (value) => {
      canEdit = value
      if (provider.synced) showLive()
    },
    destroy: () => {
      leaveQueue()
      leaveQueue = () => undefined
      doc.off('update', onUpdate)
      stopKeeping()
      provider.destroy()
    },
  }
}
