'use client'

import { Building2, EyeOff, Globe, Lock } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { RequestsHere } from '@/app/_asks/answer/requests-here'
import { AskButton } from '@/app/_asks/ask-button'
import { Button } from '@/app/_components/controls/button'
import { useDocumentContext } from '@/app/d/[documentId]/document-context'

// Script that most readers never need: fetched when somebody asks who can see the document.
const ShareDialog = lazy(async () => ({
  default: (await import('@/app/_sharing/share-dialog')).ShareDialog,
}))

const ExplainLinks = lazy(async () => ({
  default: (await import('@/app/_access/explain-links')).ExplainLinks,
}))

const ICONS = { everyone: Globe, orgs: Building2, people: Lock, nobody: EyeOff } as const

/** Who can see the document, in a button that opens the share dialog. */
export function ShareButton() {
  const { view, me, refresh } = useDocumentContext()
  const [open, setOpen] = useState(false)
  const { audience } = view
  if (audience === null) return null
  const Icon = ICONS[audience.kind]
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-label={`Share this document. Who can see it: ${audience.text}`}
        title={audience.text}
        onClick={() => setOpen(true)}
      >
        <Icon aria-hidden />
        Share
        {audience.agencies.length > 0 ? (
          <span className="rounded-full bg-muted px-1.5 text-muted-foreground text-xs tabular-nums">
            {audience.agencies.length}
          </span>
        ) : null}
      </Button>
      {open ? (
        <Suspense fallback={null}>
          <ShareDialog
            on={{ documentId: view.id }}
            onClose={() => setOpen(false)}
            onChanged={refresh}
            requests={({ workspaceId }) => <RequestsHere workspaceId={workspaceId} on={view.id} />}
            ask={({ title, who }) => (
              <AskButton
                askedFor={view.id}
                title={title}
                have={
                  who.flatMap(({ people }) => people).find(({ person }) => person.id === me.id)?.level ??
                  'none'
                }
              />
            )}
            explain={({ title }) => (
              <ExplainLinks
                on={{ documentId: view.id }}
                title={title}
                documentId={view.id}
                mayViewAs={view.can.archive || view.sections.some((section) => section.can.setBoundary)}
              />
            )}
          />
        </Suspense>
      ) : null}
    </>
  )
}
