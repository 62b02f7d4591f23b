'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import { Field } from '@/app/_components/controls/field'
import { Select } from '@/app/_components/controls/select'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { ROLES } from '@/lib/policy/vocabulary'
import type { ViewAsView } from '@/lib/views/view-as'

/** As whom to look: a person of the workspace, or anyone of an agency with one role. */
export function ChooseWho({ view }: { view: ViewAsView }) {
  const router = useRouter()
  const [pending, start] = useTransition()
  const path = `/d/${view.document.id}/as`
  const go = (query: Record<string, string>) => {
    const search = new URLSearchParams(query).toString()
    start(() => router.push(search === '' ? path : `${path}?${search}`))
  }
  const role = view.agency?.role ?? 'editor'
  return (
    <div aria-busy={pending} className="mb-6 flex flex-wrap items-end gap-4 rounded-lg border bg-card p-4">
      <Field label="As a person" className="min-w-48 flex-1">
        {(control) => (
          <Select
            {...control}
            value={view.as?.person.id ?? ''}
            onChange={(event) => go(event.target.value === '' ? {} : { person: event.target.value })}
            options={[
              { value: '', label: 'Choose a person' },
              ...view.choices.people.map(({ id, name, org }) => ({
                value: id,
                label: name,
                group: org.name,
              })),
            ]}
          />
        )}
      </Field>
      <Field label="Or as an agency" className="min-w-48 flex-1">
        {(control) => (
          <Select
            {...control}
            value={view.agency?.agency.id ?? ''}
            onChange={(event) => go(event.target.value === '' ? {} : { agency: event.target.value, role })}
            options={[
              { value: '', label: 'Choose an agency' },
              ...view.choices.agencies.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        )}
      </Field>
      {view.agency === null ? null : (
        <Field label="With the role" className="min-w-36">
          {(control) => (
            <Select
              {...control}
              value={role}
              onChange={(event) => go({ agency: view.agency?.agency.id ?? '', role: event.target.value })}
              options={ROLES.map((one) => ({ value: one, label: ROLE_WORDS[one].name }))}
            />
          )}
        </Field>
      )}
    </div>
  )
}
