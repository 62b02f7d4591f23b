import type { LabelView } from '@/lib/views/document'

interface LabelTagProps {
  label: Pick<LabelView, 'id' | 'colours'> & { meaning?: string }
  className?: string
}

/** A handling label as text in its colour on black (FIRST TLP 2.0), the same in light and dark. */
export function LabelTag({ label, className = '' }: LabelTagProps) {
  return (
    <span
      title={label.meaning}
      style={{ color: label.colours.text, backgroundColor: label.colours.background }}
      className={`inline-flex h-5 shrink-0 items-center whitespace-nowrap rounded-sm px-1.5 font-semibold text-xs ring-1 ring-white/15 ${className}`}
    >
      {label.id}
    </span>
  )
}

/**
 * The full-width bar above and below what a label covers. `place` makes it stick to that edge of the scroll area.
 * Screen readers meet it once: the lower one is hidden from them.
 */
export function LabelBar({ label, place = 'top' }: { label: LabelView; place?: 'top' | 'bottom' }) {
  return (
    <p
      aria-hidden={place === 'bottom' || undefined}
      style={{ color: label.colours.text, backgroundColor: label.colours.background }}
      className={`sticky z-20 flex min-h-6 items-center justify-center gap-2 px-4 py-0.5 text-center text-xs ${place === 'top' ? 'top-(--header-height,0px)' : 'bottom-0'}`}
    >
      <strong className="font-semibold">{label.id}</strong>
      <span className="text-white max-sm:hidden">{label.meaning}</span>
    </p>
  )
}
