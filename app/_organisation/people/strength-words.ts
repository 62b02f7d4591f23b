const WORDS = ['signs in with a password', 'signs in with a second factor', 'signs in phishing-resistant']

/** How somebody signed in last: 1 a password, 2 a second factor as well, 3 phishing-resistant. */
export const strengthWords = (strength: number): string => WORDS[strength - 1] ?? 'sign-in unknown'
