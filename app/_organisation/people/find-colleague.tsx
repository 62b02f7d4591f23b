import { ColleagueSearch } from '@/app/_organisation/people/colleague-search'
import { Section } from '@/app/account/section'

/** For those who do not administer: a colleague by name or address. */
export function FindColleague({ organisation }: { organisation: string }) {
  return (
    <Section
      title={`People of ${organisation}`}
      about="Administrators see everybody. You find a colleague by name or e-mail address."
    >
      <li className="max-w-xl px-4 py-3">
        <ColleagueSearch />
      </li>
    </Section>
  )
}
