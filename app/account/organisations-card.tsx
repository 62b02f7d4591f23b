'use client'

import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { useApi } from '@/app/_data/use-api'
import { AddOrganisationDialog } from '@/app/account/add-organisation-dialog'
import { LinkDialog, type MadeLink } from '@/app/account/link-dialog'
import { Row, Section } from '@/app/account/section'
import type { OrganisationView } from '@/lib/views/identity'

/** For operators: which organisations have accounts here. Running the instance opens nobody's workspace. */
export function OrganisationsCard({ initial }: { initial: OrganisationView[] }) {
  const api = useApi()
  const { data: organisations, refetch } = useQuery(
    api.organisations.list.queryOptions(undefined, { initialData: initial }),
  )
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<MadeLink | null>(null)
  return (
    <Section
      title="Organisations of this instance"
      about="Each manages its own people. Which of them work together is decided in their workspaces."
      action={
        <Button variant="primary" onClick={() => setAdding(true)}>
          <Plus aria-hidden /> Add an organisation
        </Button>
      }
    >
      {organisations.map((org) => (
        <Row key={org.id}>
          <AgencyTag agency={org} withName className="font-medium" />
          <p className="text-muted-foreground text-sm">
            {org.people === 1 ? '1 person' : `${org.people} people`}
            {org.suspended ? ' · Suspended' : ''}
          </p>
        </Row>
      ))}
      <AddOrganisationDialog
        open={adding}
        onOpenChange={setAdding}
        onAdded={async (link) => {
          setAdding(false)
          setMade(link)
          await refetch()
        }}
      />
      <LinkDialog made={made} onClose={() => setMade(null)} />
    </Section>
  )
}
