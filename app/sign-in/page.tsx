import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { Notice } from '@/app/_components/feedback/notice'
import { serverApi } from '@/app/_data/server-api'
import { SIGN_IN_REASONS, type SignInReason } from '@/app/_data/sign-in-path'
import { EntryFrame } from '@/app/_session/entry-frame'
import { SignInForm } from '@/app/sign-in/sign-in-form'
import { safeReturnPath } from '@/lib/return-path'

export const metadata: Metadata = { title: 'Sign in' }

const WHY: Record<SignInReason, string> = {
  signed_out: 'Your session has ended. Sign in to go on where you were.',
  idle: 'You were signed out because nothing was typed or clicked for a while. Sign in to go on where you were.',
  absolute:
    'You were signed out because every session ends after some hours. Sign in to go on where you were.',
  left: 'You have signed out.',
}

interface Asked {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const one = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value[0] : value

export default async function SignInPage({ searchParams }: Asked) {
  const asked = await searchParams
  const next = safeReturnPath(one(asked.next))
  const api = await serverApi()
  const signedIn = await api.me.get().then(
    () => true,
    () => false,
  )
  if (signedIn) redirect(next)
  const banner = await api.entry.banner()
  const reason = SIGN_IN_REASONS.find((known) => known === one(asked.reason))
  return (
    <EntryFrame title="Sign in">
      {reason === undefined ? null : <Notice role="status">{WHY[reason]}</Notice>}
      <SignInForm banner={banner} next={next} />
    </EntryFrame>
  )
}
