'use client'

import { Copy } from 'lucide-react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { toast } from '@/app/_components/feedback/toast'

/** Something to take to another machine, letter by letter. */
export function CommandLine({ text, label }: { text: string; label: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      announce('Copied.')
    } catch {
      toast({ text: 'It could not be copied. Select it and copy it yourself.', tone: 'problem' })
    }
  }
  return (
    <div className="flex items-start gap-2 rounded-md border bg-sunken p-2">
      <code className="min-w-0 flex-1 whitespace-pre-wrap break-all py-1 text-sm">{text}</code>
      <Button size="sm" variant="ghost" onClick={copy} aria-label={`Copy ${label}`}>
        <Copy aria-hidden /> Copy
      </Button>
    </div>
  )
}
