import { describe, expect, it } from 'vitest'
import { initialsOf } from '@/app/_components/marks/avatar'
import { sinceThen, utcToTheSecond } from '@/app/_components/marks/time-words'
import { besideOf } from '@/app/_components/overlays/parts/place-beside'
import { readSidebar, SIDEBAR, SIDEBAR_COOKIE, writeSidebar } from '@/app/_components/shell/sidebar-cookie'
import { isThemeChoice } from '@/app/_components/shell/theme-cookie'
import { signInPath } from '@/app/_data/sign-in-path'

describe('initialsOf', () => {
  it.each([
    ['Mara Lindqvist', 'ML'],
    ['Mara van der Berg', 'MB'],
    ['Cher', 'C'],
    ['  Ines   Duarte ', 'ID'],
    ['𝒜da Ω', '𝒜Ω'],
    ['', ''],
  ])('%j is %j', (name, letters) => expect(initialsOf(name)).toBe(letters))
})

describe('moments in words', () => {
  const now = new Date('2026-03-03T10:00:00Z')
  it.each([
    [20, 'just now'],
    [-59, 'just now'],
    [-300, '5 minutes ago'],
    [-7_200, '2 hours ago'],
    [-86_400, 'yesterday'],
    [3 * 86_400, 'in 3 days'],
  ])('%i seconds from now is %j', (seconds, words) =>
    expect(sinceThen(new Date(now.getTime() + seconds * 1000), now)).toBe(words),
  )
  it('writes UTC to the second', () => expect(utcToTheSecond(now)).toBe('2026-03-03 10:00:00 UTC'))
})

describe('cookies of the frame', () => {
  it('remembers width and state', () => {
    const value = writeSidebar({ open: false, width: 300 }).split(';')[0]?.replace(`${SIDEBAR_COOKIE}=`, '')
    expect(readSidebar(value)).toEqual({ open: false, width: 300 })
  })
  it.each([undefined, '', 'open', 'open.12', 'open.9999', 'maybe.300'])('takes %j for the usual', (value) =>
    expect(readSidebar(value)).toEqual({ open: true, width: SIDEBAR.usual }),
  )
  it('keeps the width within its limits', () => expect(readSidebar('open.999').width).toBe(SIDEBAR.most))
  it('knows three themes', () => {
    expect(['system', 'light', 'dark'].every(isThemeChoice)).toBe(true)
    expect(isThemeChoice('dark"><script>')).toBe(false)
  })
})

describe('the way back after signing in', () => {
  it('is a path of this site or nothing', () => {
    expect(signInPath('/w/1?event=x')).toBe('/sign-in?next=%2Fw%2F1%3Fevent%3Dx')
    for (const bad of ['/', '//evil.example', '/\\evil.example', 'https://evil.example'])
      expect(signInPath(bad)).toBe('/sign-in')
  })
})

describe('where a tooltip stands', () => {
  const view = { width: 400, height: 300 }
  const bubble = { width: 100, height: 20 }
  it('is the wished side, centred', () =>
    expect(besideOf({ left: 150, top: 100, width: 40, height: 20 }, bubble, 'top', view)).toEqual({
      left: 120,
      top: 74,
    }))
  it('is the other side when there is no room, never outside', () => {
    expect(besideOf({ left: 380, top: 4, width: 20, height: 20 }, bubble, 'top', view)).toEqual({
      left: 292,
      top: 30,
    })
    expect(besideOf({ left: 0, top: 100, width: 20, height: 20 }, bubble, 'left', view)).toEqual({
      left: 26,
      top: 100,
    })
  })
})
