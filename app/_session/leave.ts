import { type SignInReason, signInPath } from '@/app/_data/sign-in-path'
import { requestSignOut } from '@/app/_session/auth-request'

/** The tabs of one browser share a session, so they share what they learn about it. */
export const SESSION_CHANNEL = 'liaison-session'

export type SessionNews =
  | { kind: 'limits'; sessionId: string; idleEndsAt: string; endsAt: string; now: string }
  | { kind: 'over'; sessionId: string; reason: SignInReason }

export const tellOtherTabs = (news: SessionNews): void => {
  const channel = new BroadcastChannel(SESSION_CHANNEL)
  channel.postMessage(news)
  channel.close()
}

const here = (): string => location.pathname + location.search

/** To the sign-in page, with the reason and (unless one left on purpose) the way back. A full load: nothing stays in memory. */
export const goToSignIn = (reason: SignInReason): void =>
  location.assign(signInPath(reason === 'left' ? '/' : here(), reason))

/**
 * Ends the session on the server, tells the other tabs and leaves.
 * @returns a sentence if the server could not be reached; then nothing has ended
 */
export const signOut = async (sessionId: string, reason: SignInReason = 'left'): Promise<string | null> => {
  const { refusal } = await requestSignOut()
  if (refusal !== null && reason === 'left') return refusal.forPeople
  tellOtherTabs({ kind: 'over', sessionId, reason })
  goToSignIn(reason)
  return null
}
