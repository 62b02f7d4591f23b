import { askForRelease } from '@/server/demonstration/ask-for-release'
import { DOCUMENTS } from '@/server/demonstration/documents'
import { AGENCIES, emailOf, PASSPHRASE, PEOPLE, type PersonKey } from '@/server/demonstration/people'
import { writeDocuments } from '@/server/demonstration/write-documents'
import { writePartnership } from '@/server/demonstration/write-partnership'
import { writeWorld } from '@/server/demonstration/write-world'
import { needsSetUp } from '@/server/identity/set-up'
import { passwordWork } from '@/server/identity/sign-in/password-work'
import type { Services } from '@/server/services'

/**
 * Fills an empty database with the demonstration, in one transaction, and does what its people have begun; leaves any
 * other as it is.
 * @returns what to print: the address and the accounts
 */
export const startDemonstration = async (services: Services): Promise<string> => {
  if (await needsSetUp(services.db)) {
    const passwordHash = await passwordWork(services).hash(PASSPHRASE, '')
    const world = await services.db.transaction(async (tx) => {
      const written = await writeWorld(services, tx, passwordHash)
      await writeDocuments(written, DOCUMENTS)
      await writePartnership(written)
      return written
    })
    await askForRelease(services, world)
  }
  return greeting(services.env.publicUrl)
}

const greeting = (publicUrl: string): string => {
  const keys = Object.keys(PEOPLE) as PersonKey[]
  const width = Math.max(...keys.map((key) => emailOf(key).length))
  const accounts = keys.map((key) => {
    const { agency, role, shows } = PEOPLE[key]
    const is = `${AGENCIES[agency].shortCode} ${role ?? 'operator'}`
    return `  ${emailOf(key).padEnd(width)}  ${is.padEnd(15)}  ${shows}`
  })
  return `
Liaison, a DEMONSTRATION: invented agencies, people and text. Everyone who can read this can sign in.
Do not put real data into it.

  ${publicUrl}

${accounts.join('\n')}

  The passphrase of all of them:  ${PASSPHRASE}

`
}
