/** What floats above the text: one look for menus, bars and popovers of the editor. */
export const surface = 'rounded-lg bg-popover text-popover-foreground shadow-float outline-none'

export const itemLook =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-sm px-2 py-1 text-base outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-accent data-[state=open]:bg-accent pointer-coarse:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0'

/**
 * Most choices put the focus back into the text by themselves; a menu that closes then must not take it to its
 * button. After Esc it must: there the button is where one was.
 */
export const backToEditor = (event: Event): void => {
  if (document.activeElement?.closest('.bn-editor')) event.preventDefault()
}
