import { DomainError } from '@/lib/errors'
import { EnvProblems } from '@/server/env'

/** One clear sentence per reason why the server does not start, and exit code 1. A bug keeps its stack. */
export const explainStart = (problem: unknown): never => {
  const sentences =
    problem instanceof EnvProblems
      ? problem.sentences
      : [problem instanceof DomainError ? problem.forPeople : `A bug: ${stackOf(problem)}`]
  for (const sentence of sentences) process.stderr.write(`Liaison cannot start. ${sentence}\n`)
  process.exit(1)
}

const stackOf = (problem: unknown): string =>
  problem instanceof Error ? (problem.stack ?? problem.message) : String(problem)
