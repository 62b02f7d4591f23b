/** Which tile of a tree (c2sp.org/tlog-tiles): `width` hashes of level 8 · `level` from number 256 · `index` on. */
export interface Tile {
  level: number
  index: number
  /** 1 to 256. Less than 256 is a partial tile: the last one of its level while the tree grows. */
  width: number
}

export const TILE_WIDTH = 256

const PATH = /^tile\/(0|[1-9]\d?)\/((?:x\d{3}\/){0,5}\d{3})(?:\.p\/([1-9]\d{0,2}))?$/
const HIGHEST_LEVEL = 63

/** Three digits an element, all but the last with an x before them: 1234067 is x001/x234/067. */
const indexPath = (index: number): string => {
  const elements = [String(index % 1_000).padStart(3, '0')]
  for (let left = Math.floor(index / 1_000); left > 0; left = Math.floor(left / 1_000))
    elements.unshift(`x${String(left % 1_000).padStart(3, '0')}`)
  return elements.join('/')
}

/** `tile/<L>/<N>[.p/<W>]` as the specification spells it. */
export const tilePath = ({ level, index, width }: Tile): string =>
  `tile/${level}/${indexPath(index)}${width === TILE_WIDTH ? '' : `.p/${width}`}`

/** @returns null for anything but the one spelling of a tile */
export const parseTilePath = (path: string): Tile | null => {
  const [, levelText, indexText, widthText] = PATH.exec(path) ?? []
  if (levelText === undefined || indexText === undefined) return null
  const tile = {
    level: Number(levelText),
    index: Number(indexText.replaceAll(/[x/]/g, '')),
    width: widthText === undefined ? TILE_WIDTH : Number(widthText),
  }
  const isOne = tile.level <= HIGHEST_LEVEL && Number.isSafeInteger(tile.index)
  // Written again it must be the same: no leading x000, no full tile that calls itself partial.
  return isOne && tile.width <= TILE_WIDTH && tilePath(tile) === path ? tile : null
}
