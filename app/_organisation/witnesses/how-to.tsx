'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/app/_components/controls/button'
import { Field } from '@/app/_components/controls/field'
import { Input } from '@/app/_components/controls/input'
import { announce } from '@/app/_components/feedback/announce'
import { Card } from '@/app/_components/layout/card'
import { problemOf } from '@/app/_data/problem'
import { useApi } from '@/app/_data/use-api'
import { CommandLine } from '@/app/_organisation/witnesses/command-line'
import { TokenDialog } from '@/app/_organisation/witnesses/token-dialog'

interface HowToProps {
  host: string
  logKeys: readonly string[]
  onRegistered: () => void
}

/** From nothing to a witness that runs, in the order in which it is done. */
export function HowTo({ host, logKeys, onRegistered }: HowToProps) {
  const [key, setKey] = useState('')
  const [token, setToken] = useState<string | null>(null)
  const register = useMutation(
    useApi().witnesses.register.mutationOptions({
      onSuccess: (made) => {
        setToken(made.token)
        setKey('')
        announce('Registered.')
        onRegistered()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    register.mutate({ verifierKey: key })
  }
  return (
    <Card aria-labelledby="how-to-witness" className="flex flex-col gap-5 p-4">
      <h2 id="how-to-witness" className="font-semibold text-lg">
        Run a witness
      </h2>
      <p className="max-w-prose text-muted-foreground">
        You need a machine of your own agency with Node 20 and the file <code>witness.mjs</code>. Take it from
        the project itself, never from this site: it is what checks this site.
      </p>
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">1. On that machine: make its key</h3>
        <CommandLine
          label="the first command"
          text={`node witness.mjs init --host ${host} --name your-agency.example/witness`}
        />
      </div>
      <form onSubmit={submit} className="flex flex-col gap-2">
        <h3 className="font-medium">2. Here: register the key that it printed</h3>
        <Field
          label="Key of the witness"
          problem={register.isError ? problemOf(register.error).forPeople : null}
        >
          {(control) => (
            <Input
              {...control}
              value={key}
              onChange={(event) => setKey(event.target.value)}
              placeholder="your-agency.example/witness+157dee60+B…"
              autoComplete="off"
              spellCheck={false}
            />
          )}
        </Field>
        <div>
          <Button
            type="submit"
            variant="primary"
            busy={register.isPending}
            disabledWhy={key.trim() === '' ? 'Paste the key first.' : null}
          >
            Register
          </Button>
        </div>
      </form>
      <div className="flex flex-col gap-2">
        <h3 className="font-medium">3. On that machine: give it the token, and let it run</h3>
        <CommandLine label="the second command" text="node witness.mjs join && node witness.mjs run" />
      </div>
      {logKeys.length > 0 ? (
        <div className="flex flex-col gap-2">
          <h3 className="font-medium">What it must say</h3>
          <p className="max-w-prose text-muted-foreground">
            After joining, the witness names the key that the record is signed with. It must be this one, and
            the same that the other agencies see:
          </p>
          <CommandLine label="the key of the record" text={logKeys[0] ?? ''} />
        </div>
      ) : null}
      <TokenDialog token={token} onClose={() => setToken(null)} />
    </Card>
  )
}
