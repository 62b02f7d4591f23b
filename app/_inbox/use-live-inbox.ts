'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { announce } from '@/app/_components/feedback/announce'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 60_000

/** Full jitter: everybody comes back after a restart, and not at the same moment. */
export const waitBefore = (attempt: number, random = Math.random()): number =>
  random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt)

/** The number in an event of the channel; null for anything else. */
export const unreadIn = (data: unknown): number | null => {
  if (typeof data !== 'string') return null
  try {
    const { unread } = JSON.parse(data) as { unread?: unknown }
    return typeof unread === 'number' && Number.isSafeInteger(unread) && unread >= 0 ? unread : null
  } catch {
    return null
  }
}

/**
 * Keeps the number of unread notices as the server says it, without reloading; whoever looks at the inbox, or at what notices tell
 * of, sees it change. A channel that ends is opened again, later each time.
 */
export const useLiveInbox = (): void => {
  const client = useQueryClient()
  const api = useApi()
  const refresh = useRefresh()
  const last = useRef<number | null>(null)
  useEffect(() => {
    let source: EventSource | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    let attempt = 0
    const open = () => {
      source = new EventSource('/api/live')
      source.addEventListener('inbox', (event) => {
        const unread = unreadIn(event.data)
        if (unread === null) return
        attempt = 0
        client.setQueryData(api.inbox.count.queryKey(), unread)
        const before = last.current
        last.current = unread
        if (before === null || unread === before) return
        void client.invalidateQueries({ queryKey: api.inbox.list.pathKey() })
        if (unread < before) return
        // What is told has changed what is on screen: an invitation, new terms, a part that was taken.
        void refresh('workspaces', 'offers', 'participation', 'terms')
        announce(unread === 1 ? '1 unread notice.' : `${unread} unread notices.`)
      })
      source.addEventListener('error', () => {
        // The browser's own way back waits as long for everybody.
        source?.close()
        timer = setTimeout(open, waitBefore(attempt++))
      })
    }
    open()
    return () => {
      clearTimeout(timer)
      source?.close()
    }
  }, [client, api, refresh])
}
