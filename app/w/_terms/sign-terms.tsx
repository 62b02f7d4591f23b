'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'
import type { TermsVersionView } from '@/lib/views/partnership'
import type { AgencyView } from '@/lib/views/person'

interface SignTermsProps {
  workspaceId: Id
  terms: TermsVersionView
  org: AgencyView
}

/** Signs exactly the version that is shown, to the letter. */
export function SignTerms({ workspaceId, terms, org }: SignTermsProps) {
  const [read, setRead] = useState(false)
  const sign = useMutation(
    useApi().terms.sign.mutationOptions({ onSuccess: () => location.assign(`/w/${workspaceId}`) }),
  )
  const { version, hash } = terms
  return (
    <div className="flex flex-col gap-3">
      <Checkbox
        label={`I have read version ${version} and sign it for ${org.name}`}
        hint={
          <>
            Your name, the time and the fingerprint of this text go on record:{' '}
            <code className="break-all font-mono text-xs">{hash}</code>
          </>
        }
        checked={read}
        onChange={(event) => setRead(event.target.checked)}
      />
      {sign.error ? <ProblemView problem={problemOf(sign.error)} /> : null}
      <div>
        <Button
          variant="primary"
          size="lg"
          busy={sign.isPending}
          disabledWhy={read ? null : 'Say first that you have read them.'}
          onClick={() => sign.mutate({ workspaceId, version, hash })}
        >
          Sign version {version}
        </Button>
      </div>
    </div>
  )
}
