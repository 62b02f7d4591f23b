'use client'

import { useSyncExternalStore } from 'react'
import { dayAndTime, dayOnly, sinceThen, utcToTheSecond } from '@/app/_components/marks/time-words'

interface TimeProps {
  /** ISO 8601. */
  at: string
  /** `day` 3 Mar 2026 · `minute` 3 Mar 2026, 14:05 · `since` 5 minutes ago · `audit` UTC to the second, local on hover. */
  as?: 'day' | 'minute' | 'since' | 'audit'
  className?: string
}

const never = () => () => {}

/**
 * A moment in the reader's time zone with UTC on hover; for the record the other way round. The server does not know
 * the reader's zone: it writes UTC and the browser replaces it.
 */
export function Time({ at, as = 'minute', className = '' }: TimeProps) {
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  const date = new Date(at)
  const zone = inBrowser ? undefined : 'UTC'
  const utc = utcToTheSecond(date)
  const text = () => {
    if (as === 'audit') return utc.replace(' UTC', '')
    if (as === 'day') return dayOnly(date, zone)
    if (as === 'since' && inBrowser) return sinceThen(date, new Date())
    return dayAndTime(date, zone)
  }
  const title = as === 'audit' ? `${dayAndTime(date, zone)} your time` : utc
  return (
    <time dateTime={at} title={title} className={`whitespace-nowrap tabular-nums ${className}`}>
      {text()}
    </time>
  )
}
