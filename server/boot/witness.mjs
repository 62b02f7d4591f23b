/** `npm run witness -- <command>`: the witness from this checkout, made into its one file first. */
import { fileURLToPath } from 'node:url'
import { buildWitness } from './build-witness.mjs'

await import(await buildWitness(fileURLToPath(new URL('../..', import.meta.url))))
