'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AskForm } from '@/app/_asks/ask-form'
import { Asked } from '@/app/_asks/asked'
import { wantedAbove } from '@/app/_asks/wanted'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import { Dialog } from '@/app/_components/overlays/dialog'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import { atLeast, type Level } from '@/lib/policy/vocabulary'

interface AskButtonProps {
  /** The section or document. */
  askedFor: Id
  title: string
  /** What one can do already: only more than that can be asked for. */
  have: Level
}

/** From what one can see and needs more of: a window to ask in; what one has asked for already says so there. */
export function AskButton({ askedFor, title, have }: AskButtonProps) {
  const [open, setOpen] = useState(false)
  const mine = useQuery(useApi().requests.mine.queryOptions(undefined, { enabled: open, retry: false }))
  const request = mine.data?.find(
    (one) => one.askedFor === askedFor && (one.state === 'pending' || one.state === 'waiting'),
  )
  const reads = atLeast(have, 'read')
  const label = reads ? 'Ask for more' : 'Ask for access'
  if (wantedAbove(have).length === 0) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{label}</Button>
      <Dialog
        size="sm"
        open={open}
        onOpenChange={setOpen}
        title={`${label}${reads ? ' on' : ' to'} “${title}”`}
      >
        {request ? (
          <Asked request={request} />
        ) : (
          <AskForm
            askedFor={askedFor}
            have={have}
            level={reads ? 'edit' : 'read'}
            onAsked={() => {
              setOpen(false)
              toast({ text: 'Asked. The answer comes to your inbox.' })
            }}
          />
        )}
      </Dialog>
    </>
  )
}
