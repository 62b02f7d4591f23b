/**
 * Whatever has the focus while a window opens: that is where it goes back to. An item of a menu will be gone by then, so
 * its menu's button stands for it.
 */
export const whereFocusIs = (): HTMLElement | null => {
  const active = document.activeElement
  const menu = active?.closest('[role="menu"]')
  const origin = menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : active
  return origin instanceof HTMLElement && origin !== document.body ? origin : null
}

/** Back to it, or to the page's content when it is gone (a row that was removed). */
export const returnFocus = (origin: HTMLElement | null): void =>
  (origin?.isConnected ? origin : document.getElementById('main'))?.focus()
