export interface Mutex {
  /** Resolves, first come first served, when the lock is held. @returns gives it back; call it exactly once. */
  lock(): Promise<() => void>
}

export function createMutex(): Mutex {
  let last: Promise<void> = Promise.resolve()
  return {
    lock() {
      const before = last
      let unlock = () => {}
      last = new Promise((resolve) => {
        unlock = resolve
      })
      return before.then(() => unlock)
    },
  }
}
