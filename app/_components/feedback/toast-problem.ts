'use client'

import { toast } from '@/app/_components/feedback/toast'
import { inOneLine, problemOf } from '@/app/_data/problem'

/** For acts without a window of their own: says in a toast what was refused and whom to ask. */
export const toastProblem = (error: unknown): void =>
  toast({ tone: 'problem', text: inOneLine(problemOf(error)), seconds: 12 })
