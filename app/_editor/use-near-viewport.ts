'use client'

import { type RefObject, useEffect, useState } from 'react'

/** How far outside the viewport a section begins to connect: about one screen ahead of reading. */
const AHEAD = '900px 0px'

/** Becomes true when the element comes near the viewport, and stays true: scrolling away keeps a section live. */
export const useNearViewport = (ref: RefObject<Element | null>): boolean => {
  const [near, setNear] = useState(false)
  useEffect(() => {
    const element = ref.current
    if (near || element === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true)
      },
      { rootMargin: AHEAD },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref, near])
  return near
}
