'use client'

import { Button } from '@/app/_components/controls/button'
import { Notice } from '@/app/_components/feedback/notice'
import { utcToTheSecond } from '@/app/_components/marks/time-words'
import type { VerifierReport } from '@/lib/verifier/verify.mjs'

const SAID = {
  ok: { tone: 'success', title: 'It holds. Nothing was changed, put in or taken out.' },
  tampered: { tone: 'danger', title: 'It was tampered with.' },
  incomplete: { tone: 'warn', title: 'What is here holds, but something is missing.' },
} as const

/** What the verifier found: the verdict, what is wrong and where, how far each tree is signed and sealed. */
export function ReportView({ name, report }: { name: string; report: VerifierReport }) {
  const { tone, title } = SAID[report.verdict]
  return (
    <section aria-label="Result" className="flex flex-col gap-4">
      <Notice tone={tone} title={title} role="status">
        <p>
          {name}, made {madeWords(report.made)}
          {report.scope === 'whole' ? ': the whole record.' : ': what one agency may see of it.'}
        </p>
      </Notice>
      {report.problems.length > 0 ? <Problems report={report} /> : null}
      <Trees report={report} />
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>
          {report.opened.toLocaleString()} personal values are as they were recorded;{' '}
          {report.closed.toLocaleString()} are not shown (erased, or not for this reader).
        </li>
        <li>{report.bursts.toLocaleString()} runs of edits match the hashes of their stored rows.</li>
        {report.replay?.told.map((line) => (
          <li key={line}>{line}</li>
        ))}
        <li>
          Not proved: that all that happened was recorded, that the host’s clock was right, and what is not
          sealed yet.
        </li>
      </ul>
      <details>
        <summary className="cursor-pointer">Keys, to compare with the ones that you were given</summary>
        <ul className="mt-2 flex flex-col gap-1 break-all font-mono text-xs">
          {report.keys.map((key) => (
            <li key={key}>{key}</li>
          ))}
        </ul>
      </details>
      <p className="flex flex-wrap gap-3">
        <Button variant="secondary" onClick={() => keep('liaison-report.json', report)}>
          Save this result
        </Button>
        {report.verdict === 'tampered' ? null : (
          <Button variant="secondary" onClick={() => keep('liaison-heads.json', report.save)}>
            Save its heads, to go on from next time
          </Button>
        )}
      </p>
    </section>
  )
}

function Problems({ report }: { report: VerifierReport }) {
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-sm">
        <caption className="sr-only">What is wrong, and where</caption>
        <thead>
          <tr className="border-b">
            <th scope="col" className="py-2 pr-4">
              Index
            </th>
            <th scope="col" className="py-2 pr-4">
              What is wrong
            </th>
            <th scope="col" className="py-2">
              Where
            </th>
          </tr>
        </thead>
        <tbody>
          {report.problems.map(({ tree, index, line, why }) => (
            <tr key={`${tree} ${index} ${line} ${why}`} className="border-b align-top">
              <td className="py-2 pr-4 tabular-nums">{index ?? '–'}</td>
              <td className="py-2 pr-4">{why}</td>
              <td className="break-all py-2">{tree ?? `line ${line}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {report.more > 0 ? <p className="mt-2">And {report.more.toLocaleString()} more.</p> : null}
    </div>
  )
}

function Trees({ report }: { report: VerifierReport }) {
  return (
    <div className="flex flex-col gap-2">
      {report.trees.map(({ tree, size, events, signed, sealed, savedAt, of, needed }) => (
        <dl key={tree} className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 rounded-lg border p-3">
          <dt className="text-muted-foreground">Tree</dt>
          <dd className="break-all">{tree}</dd>
          <dt className="text-muted-foreground">Size</dt>
          <dd>
            {size.toLocaleString()} leaves, {events.toLocaleString()} events shown
          </dd>
          <dt className="text-muted-foreground">Signed</dt>
          <dd>up to {signed.toLocaleString()}</dd>
          <dt className="text-muted-foreground">Sealed</dt>
          <dd>
            {sealed === null
              ? 'not sealed: only the host vouches for it'
              : `up to ${sealed.size.toLocaleString()} by ${sealed.by} of ${of.length} agencies besides the host (${needed} needed)`}
          </dd>
          {savedAt === null ? null : (
            <>
              <dt className="text-muted-foreground">Goes on from</dt>
              <dd>the {savedAt.toLocaleString()} leaves that were saved</dd>
            </>
          )}
        </dl>
      ))}
    </div>
  )
}

/** "at 2026-03-03 14:05:09 UTC" */
const madeWords = (made: string | null | undefined): string =>
  made === null || made === undefined || Number.isNaN(Date.parse(made))
    ? 'at an unknown time'
    : `at ${utcToTheSecond(new Date(made))}`

/** Hands a file to the browser's own downloads. */
const keep = (name: string, value: unknown) => {
  const url = URL.createObjectURL(
    new Blob([`${JSON.stringify(value, null, 2)}\n`], { type: 'application/json' }),
  )
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
