'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link2, X } from 'lucide-react'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Input } from '@/app/_components/controls/input'
import { ProblemView } from '@/app/_components/feedback/problem-view'
import { SkeletonLines } from '@/app/_components/feedback/skeleton'
import { toast } from '@/app/_components/feedback/toast'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import type { Id } from '@/lib/ids'

interface SavedSearchesProps {
  workspaceId: Id
  /** "?person=…": what would be kept. */
  query: string
  onOpen: (query: string) => void
}

/** One's own kept searches of this record; a link shows a colleague the same, within what they may see. */
export function SavedSearches({ workspaceId, query, onOpen }: SavedSearchesProps) {
  const api = useApi()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const kept = useQuery(api.record.searches.queryOptions({ workspaceId }, { retry: false }))
  const again = () =>
    void client.invalidateQueries({ queryKey: api.record.searches.queryKey({ workspaceId }) })
  const save = useMutation(
    api.record.saveSearch.mutationOptions({
      onSuccess: () => {
        setName('')
        again()
      },
    }),
  )
  const forget = useMutation(api.record.forgetSearch.mutationOptions({ onSuccess: again }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') save.mutate({ workspaceId, name: name.trim(), query })
  }
  const copy = async (address: string) => {
    await navigator.clipboard.writeText(`${window.location.origin}${window.location.pathname}${address}`)
    toast({ tone: 'done', text: 'The link is copied. It shows what its reader may see.' })
  }
  const problem = kept.error ?? save.error ?? forget.error
  return (
    <section aria-label="Kept searches" className="flex flex-col gap-3 rounded-lg border bg-card p-3">
      {problem ? <ProblemView problem={problemOf(problem)} /> : null}
      {kept.isPending ? <SkeletonLines lines={2} /> : null}
      {kept.data?.length === 0 ? (
        <p className="text-muted-foreground">You have not kept a search yet.</p>
      ) : null}
      <ul className="flex flex-col gap-1">
        {(kept.data ?? []).map((search) => (
          <li key={search.id} className="flex items-center gap-1">
            <button
              type="button"
              onClick={() => onOpen(search.query)}
              className="min-h-8 min-w-0 flex-1 truncate rounded-md px-2 text-left hover:bg-accent pointer-coarse:min-h-10"
            >
              {search.name}
            </button>
            <IconButton
              label={`Copy the link of ${search.name}`}
              icon={<Link2 aria-hidden />}
              onClick={() => void copy(search.query)}
            />
            <IconButton
              label={`Give up the search ${search.name}`}
              icon={<X aria-hidden />}
              onClick={() => forget.mutate({ searchId: search.id })}
            />
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className="flex flex-wrap items-end gap-2 border-t pt-3">
        <Field label="Keep what is shown now as" className="min-w-56 flex-1">
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={200}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Button type="submit" busy={save.isPending}>
          Keep
        </Button>
        <Button onClick={() => void copy(query)}>
          <Link2 aria-hidden />
          Copy link
        </Button>
      </form>
    </section>
  )
}
