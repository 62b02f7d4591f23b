/** A value that can be watched. `subscribe` and `get` fit React's useSyncExternalStore. */
export interface Watchable<T> {
  get(): T
  /** @returns ends the subscription. Called without arguments after every change. */
  subscribe(listener: () => void): () => void
}

export class Watched<T> implements Watchable<T> {
  private readonly listeners = new Set<() => void>()
  constructor(private value: T) {}

  readonly get = (): T => this.value

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  set(value: T): void {
    if (value === this.value) return
    this.value = value
    for (const listener of [...this.listeners]) listener()
  }
}
