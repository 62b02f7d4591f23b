'use client'

import { useEffect, useState } from 'react'
import { toast } from '@/app/_components/feedback/toast'

/** A part of the program that is fetched when it is first needed, and once for the whole page. */
export interface Later<Part> {
  now: () => Part | null
  fetch: () => Promise<Part>
}

export const later = <Part>(load: () => Promise<Part>): Later<Part> => {
  let part: Part | null = null
  return {
    now: () => part,
    fetch: async () => {
      part ??= await load()
      return part
    },
  }
}

/**
 * The part once it is here, null before. A part that cannot be fetched (no connection) says so and takes the wish
 * back: it must never throw, or the page around it, with what somebody just typed, would go.
 */
export const useLater = <Part>(what: Later<Part>, wanted: boolean, takeBack: () => void): Part | null => {
  const [part, setPart] = useState<Part | null>(what.now)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `takeBack` is new at every render and used at most once
  useEffect(() => {
    if (!wanted || part !== null) return
    let waiting = true
    what.fetch().then(
      (found) => waiting && setPart(() => found),
      () => {
        if (!waiting) return
        toast({ tone: 'problem', text: 'This could not be loaded. Check your connection and try again.' })
        takeBack()
      },
    )
    return () => {
      waiting = false
    }
  }, [wanted, part, what])
  return part
}
