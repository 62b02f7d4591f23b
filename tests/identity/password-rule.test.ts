import { describe, expect, it } from 'vitest'
import { lengthOfPassword, PASSWORD_MAX, passwordProblem } from '@/lib/password-rule'
import { requireGoodPassword } from '@/server/identity/sign-in/password-strength'

const WORDS = ['Ana Ruiz', 'ana@county.example', 'County Emergency Office', 'CNTY']

const judge = (password: string) =>
  requireGoodPassword(password, WORDS).then(
    () => null,
    (error: Error) => error.message,
  )

describe('a password', () => {
  it.each([
    ['a passphrase', 'heron under the old bridge'],
    ['no capitals, digits or signs needed', 'correct horse battery staple'],
    ['exactly fifteen characters', 'wq zlon tumpe k'],
    ['another script', 'мост через реку утром'],
    ['emoji count as one character each', '🦆 lake 🌧 boat 🪵 fox'],
    ['random', 'x9!kdP2mfQz7rT4'],
    ['spaces at both ends', '  heron under bridge  '],
    ['as long as allowed', `${'heron bridge lamp river '.repeat(10)}0123456789abcdef`],
    ['one name among other words', 'ruiz heron under bridge'],
  ])('is good: %s', async (_, password) => {
    expect(await judge(password)).toBeNull()
  })

  it.each([
    ['fourteen characters', 'wq zlon tumpe '.slice(0, 14)],
    ['fifteen UTF-16 units, eight characters', '🦆🌧🪵🦊🦉🐟🌊a'],
    ['too long', 'heron '.repeat(60)],
    ['a repeated letter', 'a'.repeat(20)],
    ['a repeated word', 'passwordpassword'],
    ['a repeated phrase with capitals', 'Summer2026Summer2026'],
    ['the alphabet', 'abcdefghijklmnopqrst'],
    ['a keyboard row', 'qwertyuiopasdfghjkl'],
    ['backwards', 'zyxwvutsrqponmlkj'],
    ['a common password with digits', 'Password123456789!'],
    ['in disguise', 'P@ssw0rd1234567'],
    ['the product', 'liaison liaison1'],
    ['the organisation', 'county emergency office'],
    ['the person', 'Ana Ruiz Ana Ruiz 1'],
    ['the address', 'ana@county.example1'],
  ])('is refused: %s', async (_, password) => {
    expect(await judge(password)).toMatch(/^invalid: Too (short|long|easy)/)
  })

  it('is counted in code points after NFKC', () => {
    expect(lengthOfPassword('e\u0301'.repeat(15))).toBe(15)
    expect(lengthOfPassword('🦆')).toBe(1)
    expect(lengthOfPassword('ﬃ')).toBe(3)
  })

  it('is judged quickly even when it is made to be slow', async () => {
    await judge('load the dictionaries first')
    const slow = [
      '4@8({[<6931!|1l70$5+7%2z'.repeat(10),
      'a'.repeat(PASSWORD_MAX),
      'ab'.repeat(128),
      `${'abcd '.repeat(51)}x`,
    ]
    for (const password of slow) {
      const before = process.cpuUsage()
      await judge(password.slice(0, PASSWORD_MAX))
      expect(process.cpuUsage(before).user).toBeLessThan(1_500_000)
    }
  })

  it('the browser is told what is missing', () => {
    expect(passwordProblem('short', [])).toContain('10 more characters')
  })
})
