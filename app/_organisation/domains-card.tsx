'use client'

import { useMutation } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { toast } from '@/app/_components/feedback/toast'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { Time } from '@/app/_components/marks/time'
import { TitleDialog } from '@/app/_components/overlays/title-dialog'
import { useApi } from '@/app/_data/use-api'
import { Row, Section } from '@/app/account/section'
import type { OwnOrganisationView } from '@/lib/views/organisation'
import type { AgencyView } from '@/lib/views/person'

interface DomainsCardProps {
  domains: OwnOrganisationView['domains']
  org: AgencyView
  canManage: boolean
  onChanged: () => Promise<unknown>
}

/** Mail domains whose addresses belong to the organisation: leads may invite them. */
export function DomainsCard({ domains, org, canManage, onChanged }: DomainsCardProps) {
  const api = useApi()
  const [adding, setAdding] = useState(false)
  const add = useMutation(api.organisation.addDomain.mutationOptions({ onSuccess: onChanged }))
  const again = (domain: string) => add.mutateAsync({ domain }).catch(toastProblem)
  const remove = useMutation(
    api.organisation.removeDomain.mutationOptions({ onSuccess: onChanged, onError: toastProblem }),
  )
  return (
    <Section
      title="Mail domains"
      about={`Leads of ${org.name} may invite people with an address of these domains, and of exactly these. Other addresses need an administrator.`}
      action={
        canManage ? (
          <Button onClick={() => setAdding(true)}>
            <Plus aria-hidden /> Add a domain
          </Button>
        ) : undefined
      }
    >
      {domains.length === 0 ? (
        <li className="px-4 py-3 text-muted-foreground">
          None yet: only administrators can invite people by e-mail.
        </li>
      ) : null}
      {domains.map(({ id, domain, at }) => (
        <Row
          key={id}
          actions={
            canManage ? (
              <Button
                size="sm"
                aria-label={`Remove ${domain}`}
                busy={remove.isPending && remove.variables.domainId === id}
                onClick={() =>
                  remove.mutate(
                    { domainId: id },
                    {
                      onSuccess: () =>
                        toast({ text: `${domain} is removed.`, undo: () => void again(domain) }),
                    },
                  )
                }
              >
                Remove
              </Button>
            ) : null
          }
        >
          <p className="break-words font-medium">{domain}</p>
          <p className="text-muted-foreground text-sm">
            Since <Time at={at} as="day" />
          </p>
        </Row>
      ))}
      <TitleDialog
        open={adding}
        onOpenChange={setAdding}
        heading="Add a mail domain"
        label="Domain"
        hint="What stands behind the @, as in weather.example. It can belong to one organisation only."
        confirmLabel="Add"
        onConfirm={(domain) => add.mutateAsync({ domain })}
      />
    </Section>
  )
}
