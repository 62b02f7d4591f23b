/** The product's name with its sign, on pages that stand outside the frame of navigation. */
export function Brand() {
  return (
    <p className="flex items-center gap-2 font-semibold text-lg tracking-tight">
      <svg aria-hidden="true" viewBox="0 0 24 16" className="h-4 w-6 text-primary" fill="none">
        <circle cx="8.5" cy="8" r="6.5" stroke="currentColor" strokeWidth="2.5" />
        <circle cx="15.5" cy="8" r="6.5" stroke="currentColor" strokeWidth="2.5" strokeOpacity="0.6" />
      </svg>
      Liaison
    </p>
  )
}
