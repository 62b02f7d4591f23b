'use client'

import { CircleAlert, CircleCheck } from 'lucide-react'
import { PasswordField } from '@/app/_session/password-field'
import { PASSWORD_MIN, passwordProblem } from '@/lib/password-rule'

interface NewPasswordFieldProps {
  value: string
  onChange: (value: string) => void
  /** Names that are worth nothing in this password. */
  words: readonly string[]
  /** What the server said when it was sent. */
  problem?: string | null | undefined
}

/** Judges while one types, by the server's own rule; the server judges again with its dictionaries. */
export function NewPasswordField({ value, onChange, words, problem }: NewPasswordFieldProps) {
  const wrong = value === '' ? null : passwordProblem(value, ['liaison', ...words])
  return (
    <div className="flex flex-col gap-2">
      <PasswordField
        label="New password"
        autoComplete="new-password"
        value={value}
        onChange={onChange}
        hint={`At least ${PASSWORD_MIN} characters. A few words that do not belong together are good; no special characters are needed.`}
        problem={problem}
      />
      <p role="status" className="flex min-h-5 items-start gap-1.5 text-sm">
        {value === '' ? null : wrong === null ? (
          <>
            <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-success" />
            <span>Long enough. When you go on it is checked against lists of common passwords.</span>
          </>
        ) : (
          <>
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning" />
            <span>{wrong}</span>
          </>
        )}
      </p>
    </div>
  )
}
