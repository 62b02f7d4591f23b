'use client'

import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { announce } from '@/app/_components/feedback/announce'
import { TitleDialog } from '@/app/_components/overlays/title-dialog'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import type { AgencyView } from '@/lib/views/person'

/** For administrators: starts a workspace that their organisation hosts, and goes there. */
export function StartWorkspace({ org }: { org: AgencyView }) {
  const [open, setOpen] = useState(false)
  const router = useRouter()
  const refresh = useRefresh()
  const create = useMutation(useApi().workspaces.create.mutationOptions())
  const start = async (title: string) => {
    const { workspaceId } = await create.mutateAsync({ title })
    announce(`Workspace ${title} started.`)
    router.push(`/w/${workspaceId}`)
    void refresh('workspaces')
  }
  return (
    <>
      <Button variant="primary" onClick={() => setOpen(true)}>
        <Plus aria-hidden />
        Start a workspace
      </Button>
      <TitleDialog
        open={open}
        onOpenChange={setOpen}
        heading="Start a workspace"
        label="Name"
        hint={`${org.name} will host it, and you will be its lead. Other agencies see nothing until they have accepted your invitation.`}
        confirmLabel="Start"
        onConfirm={start}
      />
    </>
  )
}
