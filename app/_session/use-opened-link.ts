'use client'

import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Problem, problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { OpenLinkView } from '@/lib/views/identity'

export interface OpenedLink {
  token: string
  link: OpenLinkView | null
  problem: Problem | null
}

/**
 * Reads the one-time token from the fragment, takes it out of the address bar (and so of the history), and asks the
 * server what it opens. The token travels in request bodies only.
 */
export const useOpenedLink = (kind: 'setup' | 'password'): OpenedLink => {
  const api = useApi()
  const { mutateAsync } = useMutation(api.entry.openLink.mutationOptions())
  const [opened, setOpened] = useState<OpenedLink>({ token: '', link: null, problem: null })
  useEffect(() => {
    const token = location.hash.slice(1) || (history.state as { token?: string } | null)?.token || ''
    // Kept in the history entry's state: a reload still works, and no address bar, log or screenshot holds it.
    history.replaceState({ ...history.state, token }, '', location.pathname)
    mutateAsync({ kind, token })
      .then((link) => setOpened({ token, link, problem: null }))
      .catch((error: unknown) => setOpened({ token, link: null, problem: problemOf(error) }))
  }, [kind, mutateAsync])
  return opened
}
