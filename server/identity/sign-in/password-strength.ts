import { DomainError } from '@/lib/errors'
import { normalisePassword, passwordProblem } from '@/lib/password-rule'

/** 10^10 guesses: what zxcvbn calls very unguessable (its best score). */
const LEAST_GUESSES_LOG10 = 10
/** Characters that are looked at: the work grows faster than the length, and this much is judgement enough. */
const LOOKED_AT = 48

const PRODUCT = ['liaison']

/** The dictionaries take some 2 MB and 100 ms: loaded with the first password that is set, not at every start. */
const loadEstimator = async () => {
  const [{ zxcvbn, zxcvbnOptions }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ])
  zxcvbnOptions.setOptions({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
  })
  return zxcvbn
}

let estimator: ReturnType<typeof loadEstimator> | undefined

/**
 * The whole rule for a new password: lib/password-rule, then the block lists (common passwords, names, words, keyboard
 * paths, dates, in plain and in disguise) as an estimate of guesses. Never logged, never kept.
 * @param words names that stand close to the account
 * @throws DomainError invalid, with what to do
 */
export const requireGoodPassword = async (typed: string, words: readonly string[]): Promise<void> => {
  const problem = passwordProblem(typed, [...PRODUCT, ...words])
  if (problem !== null) throw new DomainError('invalid', problem)
  estimator ??= loadEstimator()
  const estimate = await estimator
  const looked = [...normalisePassword(typed)].slice(0, LOOKED_AT).join('')
  if (estimate(looked, [...PRODUCT, ...words]).guessesLog10 < LEAST_GUESSES_LOG10)
    throw new DomainError(
      'invalid',
      'Too easy to guess: it is close to passwords that are tried first. Add one or two unrelated words.',
    )
}
