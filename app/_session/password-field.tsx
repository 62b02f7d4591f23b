'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Field } from '@/app/_components/controls/field'
import { IconButton } from '@/app/_components/controls/icon-button'
import { Input } from '@/app/_components/controls/input'

interface PasswordFieldProps {
  label: string
  name?: string
  autoComplete: 'current-password' | 'new-password'
  value: string
  onChange: (value: string) => void
  hint?: ReactNode
  problem?: ReactNode
}

/** A password that can be pasted, filled in by a password manager and looked at. */
export function PasswordField({
  label,
  name = 'password',
  autoComplete,
  value,
  onChange,
  hint,
  problem,
}: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <span className="relative block">
          <Input
            {...control}
            name={name}
            type={shown ? 'text' : 'password'}
            required
            autoComplete={autoComplete}
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            maxLength={1024}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="pr-10 pointer-coarse:pr-12"
          />
          <IconButton
            label={shown ? 'Hide password' : 'Show password'}
            aria-pressed={shown}
            icon={shown ? <EyeOff /> : <Eye />}
            onClick={() => setShown(!shown)}
            className="absolute top-0.5 right-0.5 pointer-coarse:top-0"
          />
        </span>
      )}
    </Field>
  )
}
