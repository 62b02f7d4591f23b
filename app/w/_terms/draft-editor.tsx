'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Checkbox } from '@/app/_components/controls/checkbox'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { TextArea } from '@/app/_components/controls/text-area'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { toast } from '@/app/_components/feedback/toast'
import { Time } from '@/app/_components/marks/time'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { useRefresh } from '@/app/_data/use-refresh'
import { PublishTerms } from '@/app/w/_terms/publish-terms'
import { TermsDiff } from '@/app/w/_terms/terms-diff'
import type { OnLeaving, TermsContent, TermsView } from '@/lib/views/partnership'

const ON_LEAVING: { value: OnLeaving; label: string }[] = [
  { value: 'choice', label: 'It chooses when it leaves' },
  { value: 'withdraw', label: 'They are withdrawn' },
  { value: 'freeze', label: 'They are left, frozen' },
]

const EMPTY: TermsContent = { text: '', consentToInvite: false, onLeaving: 'choice' }

const contentOf = ({ text, consentToInvite, onLeaving }: TermsContent): TermsContent => ({
  text,
  consentToInvite,
  onLeaving,
})

/** Writes the next terms beside what they change. Saving binds nobody; publishing asks every agency to sign. */
export function DraftEditor({ terms, onClose }: { terms: TermsView; onClose: () => void }) {
  const [current] = terms.versions
  const before = current ?? EMPTY
  const saved = terms.draft
  const [draft, setDraft] = useState(contentOf(saved ?? before))
  const [basedOn, setBasedOn] = useState(saved?.hash ?? null)
  const [stored, setStored] = useState(saved === null ? null : contentOf(saved))
  const [publishing, setPublishing] = useState(false)
  const refresh = useRefresh()
  const save = useMutation(useApi().terms.saveDraft.mutationOptions())
  const isSaved = stored !== null && JSON.stringify(stored) === JSON.stringify(draft)
  const store = async () => {
    const content = { ...draft, text: draft.text.trim() }
    const { hash } = await save.mutateAsync({ workspaceId: terms.workspaceId, content, basedOn })
    setBasedOn(hash)
    setDraft(content)
    setStored(content)
    void refresh('terms')
    return hash
  }
  const publish = () => {
    void (isSaved ? Promise.resolve() : store()).then(() => setPublishing(true)).catch(() => undefined)
  }
  return (
    <section aria-labelledby="draft" className="mb-8 flex flex-col gap-4">
      <div className="flex flex-wrap items-baseline gap-x-4">
        <h2 id="draft" className="font-semibold text-lg">
          Draft of version {(current?.version ?? 0) + 1}
        </h2>
        {saved ? (
          <p className="text-muted-foreground text-sm">
            Last saved by {saved.updatedBy.name}, <Time at={saved.updatedAt} />
          </p>
        ) : null}
      </div>
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="flex flex-col gap-4">
          <Field
            label="Terms"
            hint="Plain text. Say what is shared for what, by whom, how long, and what is not allowed."
          >
            {(control) => (
              <TextArea
                {...control}
                rows={18}
                maxLength={100_000}
                value={draft.text}
                onChange={(event) => setDraft({ ...draft, text: event.target.value })}
              />
            )}
          </Field>
          <Checkbox
            label="Every agency must consent before another one is invited"
            checked={draft.consentToInvite}
            onChange={(event) => setDraft({ ...draft, consentToInvite: event.target.checked })}
          />
          <Field label="What becomes of an agency’s own sections when it leaves">
            {(control) => (
              <Select
                {...control}
                value={draft.onLeaving}
                onChange={(event) => setDraft({ ...draft, onLeaving: event.target.value as OnLeaving })}
                options={ON_LEAVING}
              />
            )}
          </Field>
        </div>
        <div className="flex min-w-0 flex-col gap-1">
          <h3 className="font-medium text-sm">
            {current ? `What changes from version ${current.version}` : 'How it will read'}
          </h3>
          <div className="rounded-lg border bg-card p-4">
            <TermsDiff before={before} after={{ ...draft, text: draft.text.trim() }} />
          </div>
        </div>
      </div>
      {save.error ? <ProblemView problem={problemOf(save.error)} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{isSaved ? 'Close' : 'Close without saving'}</Button>
        <Button
          busy={save.isPending}
          disabledWhy={
            draft.text.trim() === '' ? 'Write the terms first.' : isSaved ? 'Everything is saved.' : null
          }
          onClick={() => {
            store()
              .then(() => toast({ text: 'The draft is saved. It binds nobody yet.' }))
              .catch(() => undefined)
          }}
        >
          Save draft
        </Button>
        <Button
          variant="primary"
          disabledWhy={draft.text.trim() === '' ? 'Write the terms first.' : null}
          onClick={publish}
        >
          Publish …
        </Button>
      </div>
      <PublishTerms
        terms={terms}
        hash={basedOn ?? ''}
        open={publishing}
        onOpenChange={setPublishing}
        onDone={onClose}
      />
    </section>
  )
}
