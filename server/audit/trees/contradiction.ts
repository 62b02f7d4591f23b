/** A signed head as it is kept outside the database. */
export interface KeptCheckpoint {
  tree: string
  size: number
  /** 32 bytes. */
  root: Uint8Array
  /** The whole signed note. */
  note: string
}

/** A tree that does not go on from a head that was signed: it is smaller, or begins with other leaves. */
export class Contradiction extends Error {
  override readonly name = 'Contradiction'
  constructor(
    readonly why: 'shrunk' | 'different',
    readonly signed: Pick<KeptCheckpoint, 'tree' | 'size' | 'root'>,
    /** How many leaves the tree has. */
    readonly size: number,
  ) {
    super(
      why === 'shrunk'
        ? `${signed.tree} has ${size} events, but ${signed.size} were signed`
        : `${signed.tree} does not begin with the ${signed.size} events that were signed`,
    )
  }
}

/** A tree of a time when edges were not kept yet, or whose edge was damaged. */
export class EdgeMissing extends Error {
  override readonly name = 'EdgeMissing'
  constructor(readonly tree: string) {
    super(`${tree} has no edge of its size`)
  }
}
