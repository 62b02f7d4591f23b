import { CONSENT_WORDS, LEAVING_WORDS } from '@/app/w/_partnership/limit-words'
import type { TermsContent } from '@/lib/views/partnership'

/** What was agreed, in words, and what the product does by it. */
export function TermsText({ terms }: { terms: TermsContent }) {
  return (
    <div className="rounded-lg border bg-card p-4">
      <div className="max-w-prose whitespace-pre-wrap break-words leading-relaxed">{terms.text}</div>
      <ul className="mt-4 flex max-w-prose list-disc flex-col gap-1 border-t pt-3 pl-5 text-muted-foreground text-sm">
        <li>{terms.consentToInvite ? CONSENT_WORDS.yes : CONSENT_WORDS.no}</li>
        <li>{LEAVING_WORDS[terms.onLeaving]}</li>
      </ul>
    </div>
  )
}
