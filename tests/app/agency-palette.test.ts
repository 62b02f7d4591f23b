import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { AGENCY_SOLID, agencyIndex, agencySolid } from '@/app/_components/marks/agency-palette'

const css = readFileSync('app/_components/marks/agency.css', 'utf8')
const globals = readFileSync('app/globals.css', 'utf8')

const blocks = [...css.matchAll(/\[data-agency="(\d+)"\] \{([^}]*)\}/g)].map(([, index, body]) => {
  const both = (name: string) => {
    const found = new RegExp(`--agency-${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(body ?? '')
    return { light: found?.[1] ?? '', dark: found?.[2] ?? '' }
  }
  const solid = /--agency-solid: (#\w{6})/.exec(body ?? '')?.[1] ?? ''
  return { index: Number(index), solid, ink: both('ink'), soft: both('soft') }
})

const page = /--card: light-dark\((#\w{6}), (#\w{6})\)/.exec(globals)
const sunken = /--sunken: light-dark\((#\w{6}), (#\w{6})\)/.exec(globals)

/** WCAG 2.2, relative luminance and contrast ratio. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
const contrast = (a: string, b: string): number => {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

describe('agency colours', () => {
  it('are twelve, all different, the same in the style sheet and in the program', () => {
    expect(blocks.map(({ index }) => index)).toEqual([...AGENCY_SOLID.keys()])
    expect(blocks.map(({ solid }) => solid)).toEqual([...AGENCY_SOLID])
    expect(new Set(AGENCY_SOLID).size).toBe(12)
  })

  it.each(blocks)('colour $index can be read in light and dark', ({ solid, ink, soft }) => {
    expect(contrast('#ffffff', solid)).toBeGreaterThanOrEqual(4.5)
    for (const mode of ['light', 'dark'] as const) {
      const grounds = [page, sunken].map((found) => found?.[mode === 'light' ? 1 : 2] ?? '')
      expect(contrast(ink[mode], soft[mode])).toBeGreaterThanOrEqual(4.5)
      for (const ground of grounds) {
        expect(contrast(ink[mode], ground)).toBeGreaterThanOrEqual(4.5)
        expect(contrast(solid, ground)).toBeGreaterThanOrEqual(3)
      }
    }
  })

  it('shows some colour for any number', () => {
    expect([0, 11, 12, -1, 25.9].map(agencyIndex)).toEqual([0, 11, 0, 11, 1])
    expect(agencySolid(12)).toBe(AGENCY_SOLID[0])
  })
})
