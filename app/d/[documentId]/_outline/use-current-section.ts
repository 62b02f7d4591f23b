'use client'

import { useEffect, useState } from 'react'
import type { Id } from '@/lib/ids'

/** The section that is being read: the last one whose top has passed the upper third of the window. */
export const useCurrentSection = (ids: readonly Id[]): Id | null => {
  const [current, setCurrent] = useState<Id | null>(null)
  const key = ids.join(' ')
  useEffect(() => {
    const look = () => {
      let passed: Id | null = key.split(' ')[0] ?? null
      for (const id of key.split(' ')) {
        const top = document.getElementById(id)?.getBoundingClientRect().top
        if (top !== undefined && top < window.innerHeight / 3) passed = id
      }
      setCurrent(passed)
    }
    look()
    window.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      window.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [key])
  return current
}
