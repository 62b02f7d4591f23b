'use client'

import { useState } from 'react'
import { ChangesPanel } from '@/app/_access/changes-panel'
import { WhoPanel } from '@/app/_access/who-panel'
import { Button } from '@/app/_components/controls/button'
import { Tabs } from '@/app/_components/layout/tabs'
import { Dialog } from '@/app/_components/overlays/dialog'
import type { SharingRef } from '@/lib/views/sharing'

interface AccessDialogProps {
  on: SharingRef
  title: string
  onClose: () => void
}

/** Who can see a section or document and why, at any moment, and what changed between two. */
export function AccessDialog({ on, title, onClose }: AccessDialogProps) {
  const [tab, setTab] = useState<'who' | 'changes'>('who')
  return (
    <Dialog
      open
      size="lg"
      onOpenChange={onClose}
      title={`Who can see “${title}”, and why`}
      description="Each answer names the rules and the rows that it rests on."
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <Tabs
        label="What to look at"
        value={tab}
        onChange={setTab}
        tabs={[
          { value: 'who', label: 'Who and why', panel: <WhoPanel on={on} /> },
          { value: 'changes', label: 'What changed', panel: <ChangesPanel on={on} /> },
        ]}
      />
    </Dialog>
  )
}
