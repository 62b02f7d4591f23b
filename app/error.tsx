'use client'

import Link from 'next/link'
import { Button } from '@/app/_components/controls/button'
import { buttonClass } from '@/app/_components/controls/button-class'

/** A bug while a page was made. The details are in the log under the id; here stands only what helps. */
export default function PageFailed({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex max-w-md flex-col gap-4 px-6 py-24 outline-none">
      <h1 className="font-semibold text-2xl tracking-tight">Something went wrong</h1>
      <p>
        This page could not be shown. Nothing that you saved is lost. Try again; if it stays, tell your
        operator.
      </p>
      {error.digest ? (
        <p className="text-muted-foreground text-sm">
          Id for your operator: <code className="font-mono">{error.digest}</code>
        </p>
      ) : null}
      <p className="flex flex-wrap gap-2">
        <Button variant="primary" onClick={reset}>
          Try again
        </Button>
        <Link href="/" className={buttonClass()}>
          Go to my workspaces
        </Link>
      </p>
    </main>
  )
}
