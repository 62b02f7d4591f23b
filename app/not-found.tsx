import { headers } from 'next/headers'
import Link from 'next/link'
import { AskHere } from '@/app/_asks/ask-here'
import { buttonClass } from '@/app/_components/controls/button-class'
import { AgencyTag } from '@/app/_components/marks/agency-tag'
import { Brand } from '@/app/_components/marks/brand'
import { problemOf } from '@/app/_data/problem'
import { NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { MeView } from '@/lib/views/person'
import { runtime } from '@/server/runtime'

/** Hidden and missing alike: the page tells nothing but who is asking, so that one can ask the right person. */
export default async function NotFound() {
  const me = await whoAsks()
  return (
    <main id="main" tabIndex={-1} className="mx-auto flex max-w-md flex-col gap-4 px-6 py-24 outline-none">
      <Brand />
      <h1 className="font-semibold text-2xl tracking-tight">Nothing here</h1>
      <p>{NOT_FOUND_FOR_PEOPLE}</p>
      {me ? (
        <>
          <p className="text-muted-foreground">
            If somebody sent you this link, ask them to share it with the account that you are signed in with:
          </p>
          <p className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg border bg-card px-3 py-2.5">
            <span className="font-medium">{me.name}</span>
            <AgencyTag agency={me.org} />
            <span className="break-all text-muted-foreground">{me.email}</span>
          </p>
        </>
      ) : null}
      {me ? <AskHere /> : null}
      <p>
        <Link href={me ? '/' : '/sign-in'} className={buttonClass({ variant: 'primary' })}>
          {me ? 'Go to my workspaces' : 'Go to sign-in'}
        </Link>
      </p>
    </main>
  )
}

const whoAsks = async (): Promise<MeView | null> => {
  const asked = await headers()
  try {
    return await (await runtime().api(asked)).me.get()
  } catch (error) {
    if (problemOf(error).code === 'signed_out') return null
    throw error
  }
}
