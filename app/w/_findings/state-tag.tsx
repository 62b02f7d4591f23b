import { STATE_WORDS } from '@/app/w/_findings/state-words'
import type { FindingState } from '@/lib/audit/findings/finding-rules'

/** What was made of a finding, as a word on a colour. */
export function StateTag({ state }: { state: FindingState }) {
  const { label, look } = STATE_WORDS[state]
  return (
    <span
      className={`inline-flex h-5 shrink-0 items-center whitespace-nowrap rounded-sm px-1.5 font-semibold text-xs ${look}`}
    >
      {label}
    </span>
  )
}
