import { SEVERITY_WORDS } from '@/app/w/_findings/state-words'
import { FINDING_RULES, RULE_WORDS } from '@/lib/audit/findings/finding-rules'

/** The rules with their limits, as the search itself has them. */
export function WhatIsLookedFor() {
  return (
    <section aria-labelledby="looked-for" className="mt-8">
      <h2 id="looked-for" className="font-semibold text-lg">
        What is looked for
      </h2>
      <p className="mt-1 max-w-prose text-muted-foreground">
        Every entry is looked at once, in the order of the record: the same record gives the same findings. A
        finding says what was unusual, not that it was wrong. The limits are choices, the same for everyone
        here.
      </p>
      <dl className="mt-3 grid gap-x-8 gap-y-4 lg:grid-cols-2">
        {FINDING_RULES.map((rule) => {
          const { title, looksFor, severity } = RULE_WORDS[rule]
          return (
            <div key={rule}>
              <dt className="flex flex-wrap items-baseline gap-x-2 font-medium">
                <span className="text-muted-foreground tabular-nums">{rule}</span> {title}
                <span className="font-normal text-muted-foreground text-sm">{SEVERITY_WORDS[severity]}</span>
              </dt>
              <dd className="mt-0.5 max-w-prose text-muted-foreground">{looksFor}</dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}
