import { notFound, redirect } from 'next/navigation'
import { type Problem, problemOf } from '@/app/_data/problem'
import { serverApi } from '@/app/_data/server-api'
import { signInPath } from '@/app/_data/sign-in-path'
import type { Id } from '@/lib/ids'
import type { TermsView } from '@/lib/views/partnership'
import type { ApiCaller } from '@/server/api/caller'

interface LoadedOrHeldOut<Value> {
  value: Value | null
  /** The terms, for people whose own agency is held out of this workspace: they meet a clear page instead of nothing. */
  heldOut: TermsView | null
  problem: Problem | null
}

/** As `load`, for the pages of a workspace. @throws bugs, which app/error.tsx shows */
export const loadUnlessHeldOut = async <Value>(
  path: string,
  workspaceId: Id,
  read: (api: ApiCaller) => Promise<Value>,
): Promise<LoadedOrHeldOut<Value>> => {
  const api = await serverApi()
  try {
    return { value: await read(api), heldOut: null, problem: null }
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'signed_out') redirect(signInPath(path))
    if (problem.code === 'bug' && problem.id === null) throw error
    const heldOut = await termsOf(api, workspaceId)
    if (heldOut !== null) return { value: null, heldOut, problem: null }
    if (problem.code === 'hidden' || problem.code === 'missing') notFound()
    return { value: null, heldOut: null, problem }
  }
}

const termsOf = async (api: ApiCaller, workspaceId: Id): Promise<TermsView | null> => {
  try {
    const terms = await api.terms.get({ workspaceId })
    return terms.heldOut || terms.suspendedBy !== null ? terms : null
  } catch (error) {
    const { code } = problemOf(error)
    if (code === 'missing' || code === 'hidden' || code === 'denied') return null
    throw error
  }
}
