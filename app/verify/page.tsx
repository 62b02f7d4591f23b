import type { Metadata } from 'next'
import { Brand } from '@/app/_components/marks/brand'
import { VerifyScreen } from '@/app/_verify/verify-screen'

export const metadata: Metadata = { title: 'Verify a record' }

/** For everybody, signed in or not: whoever was handed a bundle need not have an account, nor trust this server. */
export default function VerifyPage() {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex w-full max-w-3xl flex-col gap-6 px-4 py-10 outline-none"
    >
      <header className="flex flex-col gap-3">
        <Brand />
        <h1 className="font-semibold text-2xl tracking-tight">Verify a record</h1>
        <p>
          Checks a bundle that was taken from a record: that nothing in it was changed, put in or taken out,
          that it is signed and sealed, and that every decision follows from the policy on record.
        </p>
        <p className="text-muted-foreground">
          Nothing leaves this browser. The file is read and checked here; this page sends nothing anywhere.
        </p>
      </header>
      <VerifyScreen />
      <section aria-labelledby="elsewhere" className="flex flex-col gap-2 border-t pt-6">
        <h2 id="elsewhere" className="font-semibold">
          Check it where you trust nothing of ours
        </h2>
        <p>
          The same check runs with Node 20 on a machine of your own, offline:{' '}
          <code className="whitespace-nowrap">node verify.mjs bundle.jsonl</code>
        </p>
        <p className="flex flex-wrap gap-x-6 gap-y-1">
          <a className="underline" href="/verify/verify.mjs" download>
            Download verify.mjs
          </a>
          <a className="underline" href="/verify/replay.mjs" download>
            Download replay.mjs (for --replay)
          </a>
        </p>
      </section>
    </main>
  )
}
