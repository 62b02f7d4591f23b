'use client'

import Link from 'next/link'
import { buttonClass } from '@/app/_components/controls/button-class'
import { Empty } from '@/app/_components/feedback/empty'
import type { Problem } from '@/app/_data/problem'

interface DocumentOverProps {
  /** Null: signed out, on the way to the sign-in page. */
  problem: Problem | null
  workspace: { id: string; title: string } | null
}

/** Stands where a document was, once it is no longer there for me. Nothing of it is left on the page. */
export function DocumentOver({ problem, workspace }: DocumentOverProps) {
  const title =
    problem === null || problem.code === 'signed_out'
      ? 'You are signed out'
      : 'This document has been closed for you'
  return (
    <div role="alert" className="container-page py-16">
      <h1 className="sr-only">{title}</h1>
      <Empty
        title={title}
        action={
          problem !== null && workspace !== null ? (
            <Link href="/" className={buttonClass({ variant: 'primary' })}>
              To my workspaces
            </Link>
          ) : null
        }
      >
        {problem === null || problem.code === 'signed_out' ? (
          <p>Taking you to the sign-in page.</p>
        ) : (
          <>
            <p>Your access to it has ended, or it was removed.</p>
            {problem.ask ? <p>Whom to ask: {problem.ask}.</p> : null}
          </>
        )}
      </Empty>
    </div>
  )
}
