'use client'

import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { Notice } from '@/app/_components/feedback/notice'
import { Dialog } from '@/app/_components/overlays/dialog'

interface HandOverDialogProps {
  shown: { to: string; text: string } | null
  onClose: () => void
}

/** The mail as it would have been sent, once: the server does not keep its link. */
export function HandOverDialog({ shown, onClose }: HandOverDialogProps) {
  const [failed, setFailed] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(shown?.text ?? '')
      setFailed(false)
      announce('Copied.')
    } catch {
      setFailed(true)
    }
  }
  return (
    <Dialog
      open={shown !== null}
      onOpenChange={onClose}
      title={`For ${shown?.to ?? ''}`}
      description="The link works once, for 72 hours. It is shown only now."
      footer={
        <>
          <Button onClick={copy}>
            <Copy aria-hidden /> Copy
          </Button>
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <pre className="overflow-x-auto whitespace-pre-wrap break-words rounded-md border bg-sunken p-3 font-sans">
          {shown?.text}
        </pre>
        {failed ? (
          <Notice tone="warn" role="alert">
            It could not be copied. Select it and copy it yourself.
          </Notice>
        ) : null}
        <Notice tone="warn">
          Whoever opens the link first speaks for this address. Hand it over in a way only that person can
          read.
        </Notice>
      </div>
    </Dialog>
  )
}
