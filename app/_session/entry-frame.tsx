import type { ReactNode } from 'react'
import { Brand } from '@/app/_components/marks/brand'

interface EntryFrameProps {
  title: string
  children: ReactNode
}

/** The page around sign-in, set-up and passwords: one calm column, no navigation. */
export function EntryFrame({ title, children }: EntryFrameProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      className="mx-auto flex min-h-dvh w-full max-w-md flex-col justify-center gap-6 px-4 py-10 outline-none"
    >
      <header className="flex flex-col gap-3">
        <Brand />
        <h1 className="font-semibold text-2xl tracking-tight">{title}</h1>
      </header>
      {children}
    </main>
  )
}
