export type Side = 'top' | 'right' | 'bottom' | 'left'

/** Pixels: between bubble and anchor, and kept free at the window's edges. */
const GAP = 6
const EDGE = 8

interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Where a bubble of this size stands beside the anchor: on the wished side if it fits there, else opposite, never outside. */
export const besideOf = (
  anchor: Box,
  bubble: Pick<Box, 'width' | 'height'>,
  wished: Side,
  view: { width: number; height: number },
): { left: number; top: number } => {
  const room = {
    top: anchor.top - GAP - bubble.height >= EDGE,
    bottom: anchor.top + anchor.height + GAP + bubble.height <= view.height - EDGE,
    left: anchor.left - GAP - bubble.width >= EDGE,
    right: anchor.left + anchor.width + GAP + bubble.width <= view.width - EDGE,
  }
  const opposite = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const
  const side = room[wished] || !room[opposite[wished]] ? wished : opposite[wished]
  const middle = {
    left: anchor.left + (anchor.width - bubble.width) / 2,
    top: anchor.top + (anchor.height - bubble.height) / 2,
  }
  const at = {
    top: { left: middle.left, top: anchor.top - GAP - bubble.height },
    bottom: { left: middle.left, top: anchor.top + anchor.height + GAP },
    left: { left: anchor.left - GAP - bubble.width, top: middle.top },
    right: { left: anchor.left + anchor.width + GAP, top: middle.top },
  }[side]
  const within = (value: number, size: number, whole: number) =>
    Math.round(Math.max(EDGE, Math.min(value, whole - EDGE - size)))
  return {
    left: within(at.left, bubble.width, view.width),
    top: within(at.top, bubble.height, view.height),
  }
}

/** Moves a fixed bubble beside its anchor, before it is painted. */
export const placeBeside = (bubble: HTMLElement, anchor: Element, side: Side): void => {
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight }
  const { left, top } = besideOf(anchor.getBoundingClientRect(), bubble.getBoundingClientRect(), side, view)
  bubble.style.left = `${left}px`
  bubble.style.top = `${top}px`
}
