/** A row of policy as an event puts it on record. */
export interface PolicyEntry {
  table: string
  id: string
  columns: Record<string, unknown> | null
}

export interface PolicyState {
  put(row: PolicyEntry): void
}

export function createState(): PolicyState

export function decideAgain(
  state: PolicyState,
  workspaceId: string,
  actor: { person: string; org: string },
  asked: object,
): { allowed: boolean; level: string; rule: string; rows: string[]; isKnown?: boolean } | undefined

export interface Replay {
  event(record: object, tree: string, index: number): void
  end(): {
    decisions: number
    agreed: number
    near: number
    unknown: number
    disagreements: { tree: string; index: number; why: string }[]
    told: string[]
  }
}

export function createReplay(): Replay
