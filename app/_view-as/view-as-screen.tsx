'use client'

import { Eye, EyeOff } from 'lucide-react'
import Link from 'next/link'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Empty } from '@/app/_components/feedback/empty'
import { PageHeader } from '@/app/_components/layout/page-header'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { LabelTag } from '@/app/_components/marks/label-tag'
import { ROLE_WORDS } from '@/app/_components/marks/role-words'
import { levelWords } from '@/app/_sharing/rows/level-choices'
import { ChooseWho } from '@/app/_view-as/choose-who'
import type { Level } from '@/lib/policy/vocabulary'
import type { ViewAsView } from '@/lib/views/view-as'

/** Read only: which sections appear for somebody else, how far, and why not. */
export function ViewAsScreen({ view }: { view: ViewAsView }) {
  const { document, as, agency, sections } = view
  const who = as?.person.name ?? (agency ? `${ROLE_WORDS[agency.role].name} of ${agency.agency.name}` : null)
  return (
    <>
      {who === null ? null : (
        <section
          aria-label="You are viewing as somebody else"
          className="sticky top-(--header-height,0px) z-20 flex flex-wrap items-center justify-center gap-x-4 gap-y-1 bg-foreground px-4 py-1.5 text-background"
        >
          <p className="flex items-center gap-2">
            <Eye aria-hidden className="size-4 shrink-0" />
            <span>
              Viewing as <strong className="font-semibold">{who}</strong>. This look is on record.
            </span>
          </p>
          <Link href={`/d/${document.id}`} className="font-semibold underline">
            Stop viewing as
          </Link>
        </section>
      )}
      <div className="container-page pb-16">
        <PageHeader
          title={document.title}
          crumbs={[{ label: 'Document', href: `/d/${document.id}` }]}
          actions={
            who === null ? (
              <Link href={`/d/${document.id}`} className={buttonClass()}>
                Back to the document
              </Link>
            ) : null
          }
        />
        <ChooseWho view={view} />
        {who === null ? (
          <Empty icon={<Eye />} title="Choose a person or an agency">
            You then see which sections are there for them, and why others are not.
          </Empty>
        ) : (
          <>
            <p className="mb-4 text-muted-foreground">
              Only sections that you may know of are counted here; {who} may see others that you do not.
            </p>
            <ol className="flex flex-col gap-3">
              {sections.map((section) => (
                <SectionAs key={section.id} section={section} />
              ))}
            </ol>
            {sections.length === 0 ? <Empty title="No section here is one that you may know of" /> : null}
          </>
        )}
      </div>
    </>
  )
}

function SectionAs({ section }: { section: ViewAsView['sections'][number] }) {
  const { title, label, originator, least, most, rule, why } = section
  const range = least === most ? words(most) : `“${words(least)}” to “${words(most)}”, by group and name`
  if (title === null || label === null)
    return (
      <li className="flex flex-wrap items-center gap-x-3 gap-y-1 rounded-lg border border-dashed px-4 py-3 text-muted-foreground">
        <EyeOff aria-hidden className="size-4 shrink-0" />
        <span>A section of</span> <AgencyTag agency={originator} />
        <span>is not there for them.</span>
        <span className="text-sm">
          {rule} · {why}
        </span>
      </li>
    )
  return (
    <li className="rounded-lg border px-4 py-3">
      <p className="flex flex-wrap items-center gap-2">
        <LabelTag label={label} />
        <AgencyTag agency={originator} />
      </p>
      <h2 className="mt-1 font-semibold text-lg">{title}</h2>
      <p className="text-sm">
        {most === 'discover' ? 'Only the heading is shown, without its text.' : range}{' '}
        <span className="text-muted-foreground">
          {rule} · {why}
        </span>
      </p>
    </li>
  )
}

const words = (level: Level): string => (level === 'none' ? 'No access' : levelWords(level))
