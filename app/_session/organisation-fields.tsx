'use client'

import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { AGENCY_SOLID } from '@/app/_components/marks/agency-palette'
import { AgencyTag } from '@/app/_components/marks/agency-tag'

export interface OrganisationDraft {
  name: string
  shortCode: string
  colour: number
}

interface OrganisationFieldsProps {
  draft: OrganisationDraft
  onChange: (draft: OrganisationDraft) => void
}

/** Names of the colours in the palette's order, for those who do not see them. */
const COLOUR_NAMES = [
  'Blue',
  'Red',
  'Green',
  'Purple',
  'Amber',
  'Teal',
  'Pink',
  'Lime',
  'Indigo',
  'Cyan',
  'Olive',
  'Magenta',
]

/** How an organisation will be told apart: name, short code and colour, with the tag as others will see it. */
export function OrganisationFields({ draft, onChange }: OrganisationFieldsProps) {
  const shortCode = draft.shortCode.trim().toUpperCase()
  return (
    <>
      <Field label="Name of the organisation">
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="organization"
            maxLength={80}
            value={draft.name}
            onChange={(event) => onChange({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      <Field
        label="Short code"
        hint="Two to six letters or digits. Stands beside the colour wherever the organisation appears."
      >
        {(control) => (
          <Input
            {...control}
            required
            autoComplete="off"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={6}
            value={draft.shortCode}
            onChange={(event) => onChange({ ...draft, shortCode: event.target.value })}
          />
        )}
      </Field>
      <fieldset className="flex min-w-0 flex-col gap-2">
        <legend className="mb-1 font-medium text-sm">Colour</legend>
        <div className="flex flex-wrap gap-2">
          {AGENCY_SOLID.map((_, colour) => (
            <label
              key={COLOUR_NAMES[colour]}
              title={COLOUR_NAMES[colour]}
              data-agency={colour}
              className="grid size-8 cursor-pointer place-items-center rounded-md border-2 border-transparent bg-agency-solid has-checked:outline-2 has-checked:outline-foreground has-checked:outline-offset-2 has-focus-visible:ring-2 has-focus-visible:ring-ring has-focus-visible:ring-offset-4 pointer-coarse:size-10"
            >
              <input
                type="radio"
                name="colour"
                className="sr-only"
                checked={draft.colour === colour}
                onChange={() => onChange({ ...draft, colour })}
              />
              <span className="sr-only">{COLOUR_NAMES[colour]}</span>
            </label>
          ))}
        </div>
        <p className="flex flex-wrap items-center gap-2 text-muted-foreground text-sm">
          Others will see
          <AgencyTag agency={{ shortCode: shortCode || '…', colour: draft.colour }} />
          {COLOUR_NAMES[draft.colour]}
        </p>
      </fieldset>
    </>
  )
}
