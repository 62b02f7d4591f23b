'use client'

import { Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { announce } from '@/app/_components/feedback/announce'
import { Notice } from '@/app/_components/feedback/notice'
import { Dialog } from '@/app/_components/overlays/dialog'

export interface MadeLink {
  /** Whose password it sets. */
  name: string
  /** Path and fragment. */
  path: string
}

interface LinkDialogProps {
  made: MadeLink | null
  onClose: () => void
  about?: string
}

/** Shows a one-time link, once: the server does not keep it. */
export function LinkDialog({
  made,
  onClose,
  about = 'It sets the password. It works once and runs out after 72 hours.',
}: LinkDialogProps) {
  return (
    <Dialog
      open={made !== null}
      onOpenChange={onClose}
      title={`Link for ${made?.name ?? ''}`}
      description={about}
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      {made ? <LinkToCopy key={made.path} path={made.path} /> : null}
    </Dialog>
  )
}

function LinkToCopy({ path }: { path: string }) {
  const [state, setState] = useState<'' | 'copied' | 'failed'>('')
  const url = `${location.origin}${path}`
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(url)
      setState('copied')
      announce('Link copied.')
    } catch {
      setState('failed')
    }
  }
  return (
    <div className="flex flex-col gap-3">
      <Field
        label="One-time link"
        problem={state === 'failed' ? 'It could not be copied. Select it and copy it yourself.' : undefined}
      >
        {(control) => (
          <Input {...control} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button variant="primary" onClick={copy}>
          <Copy aria-hidden /> {state === 'copied' ? 'Copied' : 'Copy link'}
        </Button>
      </div>
      <Notice tone="warn">
        Whoever opens it first sets the password. Hand it over in a way only that person can read. It is shown
        only now; you can make a new one at any time.
      </Notice>
    </div>
  )
}
