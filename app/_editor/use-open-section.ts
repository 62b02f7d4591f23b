'use client'

import { useEffect, useRef, useState } from 'react'
import * as Y from 'yjs'
import type { ConnectionStatus } from '@/app/_editor/connection/close-meaning'
import { openSectionConnection, type SectionConnection } from '@/app/_editor/connection/section-connection'
import type { LiveSection } from '@/app/_editor/live-sections'
import { useLiveSections } from '@/app/_editor/live-sections-provider'
import { colourSpeakers, forgetClocks, peopleIn, samePeople } from '@/app/_editor/presence'
import type { Id } from '@/lib/ids'
import { CLOSE } from '@/lib/sync/protocol'

export interface OpenSection {
  doc: Y.Doc
  connection: SectionConnection
}

interface UseOpenSection {
  sectionId: Id
  myId: Id
  canEdit: boolean
  /** False: nothing is opened, and what was open is destroyed. */
  wanted: boolean
  /** Access may have changed: ask the server again what this document is for me. */
  onAccessChanged: () => void
  onSignedOut: () => void
}

/**
 * One Y.Doc and one connection while the section is wanted, created in an effect and destroyed in its cleanup. The
 * result is null before the first text has arrived, while the server looks at a changed access, and once access is
 * gone: an editor is only ever built on a text that the server has just sent, so it never writes its own empty
 * start into a document that it has not seen.
 */
export const useOpenSection = (options: UseOpenSection): OpenSection | null => {
  const { sectionId, myId, canEdit, wanted } = options
  const live = useLiveSections()
  const latest = useRef(options)
  latest.current = options
  const [open, setOpen] = useState<OpenSection | null>(null)
  const [round, setRound] = useState(0)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round opens the section again with a new document
  useEffect(() => {
    if (!wanted) return
    const doc = new Y.Doc()
    let over = false
    const close = () => {
      if (over) return
      over = true
      setOpen(null)
      connection.destroy()
      doc.destroy()
    }
    const connection = openSectionConnection({
      sectionId,
      doc,
      canEdit: latest.current.canEdit,
      onDropLocalCopy: ({ reopen, reason }) => {
        // After the provider has finished with this event: it still holds the document.
        queueMicrotask(() => {
          close()
          if (!reopen) live.departing(sectionId, reason, isLookedAt(sectionId))
          live.report(sectionId, { ...EMPTY, state: reopen ? 'opening' : 'gone', reason })
          latest.current.onAccessChanged()
          if (reopen) setRound((last) => last + 1)
        })
      },
    })
    live.report(sectionId, { ...EMPTY, state: 'opening' })

    const { provider } = connection
    const onStatus = () => {
      if (over) return
      const status = connection.status.get()
      if (SHOWS_TEXT.has(status)) {
        setOpen({ doc, connection })
        live.returned(sectionId)
      }
      if (status === 'signed-out') latest.current.onSignedOut()
      // A lost connection before the first text is still an opening one to look at.
      live.report(sectionId, { state: STATE[status], reason: connection.reason.get() })
    }
    const onSaved = () => live.report(sectionId, { saving: connection.saved.get() })
    const onPeople = () => {
      colourSpeakers(provider.awareness.getStates().values())
      const people = peopleIn(provider.awareness.getStates().values(), myId)
      if (!samePeople(people, live.get(sectionId).people)) live.report(sectionId, { people })
    }
    const onClose = (event: CloseEvent | null) => {
      forgetClocks(provider.awareness, doc.clientID)
      if (event?.code !== CLOSE.accessChanged) return
      // The text leaves the screen until the server has said again that it may be there.
      setOpen(null)
      live.departing(sectionId, ACCESS_ENDED, isLookedAt(sectionId))
      latest.current.onAccessChanged()
    }
    const onReason = () => live.report(sectionId, { reason: connection.reason.get() })
    const unwatch = [
      connection.status.subscribe(onStatus),
      connection.reason.subscribe(onReason),
      connection.saved.subscribe(onSaved),
    ]
    provider.awareness.on('change', onPeople)
    provider.on('connection-close', onClose)

    return () => {
      for (const stop of unwatch) stop()
      close()
      live.forget(sectionId)
    }
  }, [sectionId, myId, wanted, round, live])

  useEffect(() => {
    live.hold(sectionId, open && { doc: open.doc, awareness: open.connection.provider.awareness })
    return () => live.hold(sectionId, null)
  }, [open, live, sectionId])

  useEffect(() => open?.connection.setCanEdit(canEdit), [open, canEdit])
  return open
}

/** It holds the focus, or stands across the middle of the window. */
const isLookedAt = (sectionId: Id): boolean => {
  const section = document.getElementById(sectionId)
  if (section === null) return false
  const { top, bottom } = section.getBoundingClientRect()
  const middle = window.innerHeight / 2
  return section.contains(document.activeElement) || (top <= middle && bottom >= middle)
}

/** Said when the page learns from the document, before its own socket does, that a section is no longer there. */
const ACCESS_ENDED =
  'Who may see it has changed, and you are not among them any more. Ask a steward of the agency it came from.'

const EMPTY: Omit<LiveSection, 'state'> = { saving: 'saved', people: [], reason: null }

const SHOWS_TEXT = new Set<ConnectionStatus>(['live', 'readonly', 'damaged', 'outdated'])

const STATE: Record<ConnectionStatus, LiveSection['state']> = {
  connecting: 'opening',
  live: 'live',
  readonly: 'live',
  damaged: 'damaged',
  outdated: 'outdated',
  lost: 'lost',
  refused: 'gone',
  gone: 'gone',
  'signed-out': 'gone',
  'too-large': 'stopped',
  invalid: 'stopped',
}
