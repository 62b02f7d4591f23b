'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { toastProblem } from '@/app/_components/feedback/toast-problem'
import { PageHeader } from '@/app/_components/layout/page-header'
import { useApi } from '@/app/_data/use-api'
import { EndPart } from '@/app/w/_partnership/end-part'
import { SignTerms } from '@/app/w/_terms/sign-terms'
import { TermsText } from '@/app/w/_terms/terms-text'
import { VersionChanges } from '@/app/w/_terms/version-changes'
import type { TermsView } from '@/lib/views/partnership'
import type { MeView } from '@/lib/views/person'

/** For people whose own agency has no part here now: why, what is asked of whom, and the terms. */
export function HeldOutScreen({ initial, me }: { initial: TermsView; me: MeView }) {
  const { workspaceId, title, versions, suspendedBy, heldOut, can } = initial
  const [leaving, setLeaving] = useState(false)
  const resume = useMutation(
    useApi().participation.resume.mutationOptions({
      onSuccess: () => location.reload(),
      onError: toastProblem,
    }),
  )
  const [current, before] = versions
  const signed = initial.agencies.find(({ agency }) => agency.id === me.org.id)?.signedVersion ?? 0
  const last = versions.find(({ version }) => version === signed) ?? before
  return (
    <div className="container-page max-w-4xl pb-16">
      <PageHeader
        title={title}
        crumbs={[{ label: 'My workspaces', href: '/' }]}
        actions={
          can.leave ? <Button onClick={() => setLeaving(true)}>Leave with the whole agency</Button> : null
        }
      />
      {suspendedBy ? (
        <Notice
          tone="warn"
          className="mb-4"
          title={`${me.org.name} is suspended in this workspace`}
          action={
            can.resume ? (
              <Button
                variant="primary"
                busy={resume.isPending}
                onClick={() => resume.mutate({ workspaceId, orgId: me.org.id })}
              >
                Resume
              </Button>
            ) : null
          }
        >
          {suspendedBy.id === me.org.id
            ? `It was suspended by ${me.org.name} itself. ${can.resume ? 'Resuming gives back exactly what was agreed.' : `Whom to ask: a lead or an administrator of ${me.org.name}.`}`
            : `${suspendedBy.name} has suspended it, and alone can resume it. Whom to ask: a lead of ${suspendedBy.name}.`}{' '}
          Nothing of yours is lost: sections, boundaries and roles stay as they are.
        </Notice>
      ) : null}
      {heldOut && current ? (
        <>
          <Notice
            tone="warn"
            className="mb-4"
            title={`${title}: your agency takes part again once a lead signs version ${current.version}`}
          >
            {can.sign
              ? `Read the terms, then sign for ${me.org.name}. Its people come back at once.`
              : `Whom to ask: ${can.whom ?? `a lead or an administrator of ${me.org.name}`}.`}
          </Notice>
          <section aria-labelledby="terms" className="flex flex-col gap-4">
            <h2 id="terms" className="font-semibold text-lg">
              Terms, version {current.version}
            </h2>
            {last && last.version !== current.version ? (
              <VersionChanges before={last} after={current} />
            ) : null}
            <TermsText terms={current} />
            {can.sign ? <SignTerms workspaceId={workspaceId} terms={current} org={me.org} /> : null}
          </section>
        </>
      ) : null}
      <EndPart
        workspaceId={workspaceId}
        title={title}
        orgId={me.org.id}
        orgName={me.org.name}
        own
        open={leaving}
        onOpenChange={setLeaving}
      />
    </div>
  )
}
