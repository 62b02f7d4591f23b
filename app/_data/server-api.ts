import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { type Problem, problemOf } from '@/app/_data/problem'
import { signInPath } from '@/app/_data/sign-in-path'
import type { ApiCaller } from '@/server/api/caller'
import { runtime } from '@/server/runtime'

/** The API as the person who asked for this page. For server components only. */
export const serverApi = async (): Promise<ApiCaller> => {
  const asked = await headers()
  return runtime().api(asked)
}

export type Loaded<Value> = { value: Value; problem: null } | { value: null; problem: Problem }

/**
 * Loads what a page shows. Signed out leads to the sign-in page and back to `path`; hidden and missing are the same
 * not-found page; every other refusal comes back as a problem to show with ProblemView.
 * @throws bugs, which app/error.tsx shows
 */
export const load = async <Value>(
  path: string,
  read: (api: ApiCaller) => Promise<Value>,
): Promise<Loaded<Value>> => {
  const api = await serverApi()
  try {
    return { value: await read(api), problem: null }
  } catch (error) {
    const problem = problemOf(error)
    if (problem.code === 'signed_out') redirect(signInPath(path))
    if (problem.code === 'hidden' || problem.code === 'missing') notFound()
    if (problem.code === 'bug' && problem.id === null) throw error
    return { value: null, problem }
  }
}
