'use client'

import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { Dialog } from '@/app/_components/overlays/dialog'
import { CommandLine } from '@/app/_organisation/witnesses/command-line'

/** The token of a new witness, this once: the server keeps its hash alone. */
export function TokenDialog({ token, onClose }: { token: string | null; onClose: () => void }) {
  return (
    <Dialog
      open={token !== null}
      onOpenChange={onClose}
      title="The token of the new witness"
      description="It is shown only now. The witness asks for it when it joins."
      footer={
        <Button variant="primary" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <CommandLine label="the token" text={token ?? ''} />
        <Notice tone="warn">
          Whoever has it can ask for what your agency may see of the record. If it was lost or seen by others,
          end the witness and make a new one.
        </Notice>
      </div>
    </Dialog>
  )
}
