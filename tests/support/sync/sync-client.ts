import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { Id } from '@/lib/ids'
import { COLLAB_PATH } from '@/lib/sync/protocol'
import { findText, textOf } from '@/tests/support/sync/base-text'

/** A `ws` socket as a browser would open it: with an Origin and a Cookie that the page cannot choose. */
export const socketClass = (headers: Record<string, string>) =>
  class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols, { headers })
    }
  } as unknown as typeof globalThis.WebSocket

/** The words of the section's first paragraph: empty until there is one, and only then to be written. */
export interface ClientText {
  readonly length: number
  insert(at: number, words: string): void
  delete(at: number, length: number): void
  toString(): string
}

export interface SyncClient {
  doc: Y.Doc
  text: ClientText
  provider: WebsocketProvider
  synced: Promise<void>
  /** Resolves with the close code of the next close. */
  closed(): Promise<number>
  destroy(): void
}

export interface ClientOptions {
  port: number
  sectionId: Id
  cookie: string
  origin?: string
  doc?: Y.Doc
  params?: Record<string, string>
}

/** The stock y-websocket client. */
export const openClient = (options: ClientOptions): SyncClient => {
  const doc = options.doc ?? new Y.Doc()
  const provider = new WebsocketProvider(
    `ws://127.0.0.1:${options.port}`,
    `${COLLAB_PATH.slice(1)}${options.sectionId}`,
    doc,
    {
      disableBc: true,
      params: options.params ?? {},
      WebSocketPolyfill: socketClass({
        origin: options.origin ?? 'http://localhost:3000',
        cookie: options.cookie,
      }),
    },
  )
  const synced = new Promise<void>((resolve) => {
    provider.on('sync', (state: boolean) => {
      if (state) resolve()
    })
  })
  return {
    doc,
    text: {
      get length() {
        return findText(doc)?.length ?? 0
      },
      insert: (at, words) => textOf(doc).insert(at, words),
      delete: (at, length) => textOf(doc).delete(at, length),
      toString: () => findText(doc)?.toString() ?? '',
    },
    provider,
    synced,
    closed: () =>
      new Promise((resolve) => {
        const onClose = (event: CloseEvent | null) => {
          if (event === null) return
          provider.off('connection-close', onClose)
          resolve(event.code)
        }
        provider.on('connection-close', onClose)
      }),
    destroy: () => {
      provider.destroy()
      provider.awareness.destroy()
      doc.destroy()
    },
  }
}

/** Resolves when the document fits. */
export const untilDoc = (doc: Y.Doc, fits: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (fits()) {
      resolve()
      return
    }
    const onUpdate = () => {
      if (!fits()) return
      doc.off('update', onUpdate)
      resolve()
    }
    doc.on('update', onUpdate)
  })
