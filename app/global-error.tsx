'use client'

import '@/app/globals.css'

/** When even the frame of the page failed: no component of ours, only what a browser can show by itself. */
export default function EverythingFailed({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en" data-theme="system">
      <body>
        <title>Something went wrong · Liaison</title>
        <main className="mx-auto flex max-w-md flex-col gap-4 px-6 py-24">
          <h1 className="font-semibold text-2xl">Something went wrong</h1>
          <p>
            Liaison could not be shown. Nothing that you saved is lost. Reload the page; if it stays, tell
            your operator.
          </p>
          {error.digest ? (
            <p className="text-muted-foreground">Id for your operator: {error.digest}</p>
          ) : null}
          <p>
            <a className="font-medium text-primary underline" href="/">
              Reload
            </a>
          </p>
        </main>
      </body>
    </html>
  )
}
