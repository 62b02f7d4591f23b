/**
 * Where to go after signing in: a path of this site, or "/" for anything else. Refused: other sites in every spelling a
 * browser would follow ("//x", "/\x", "https:x"), and the pages of sign-in itself.
 */
export const safeReturnPath = (wanted: string | null | undefined): string => {
  if (!wanted || wanted.length > 512 || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\'))
    return '/'
  const url = new URL(wanted, 'http://here.invalid')
  if (url.origin !== 'http://here.invalid' || /^\/(sign-in|set-up|set-password|api)(\/|$)/.test(url.pathname))
    return '/'
  // "/.//x" becomes "//x" once its dots are resolved.
  return url.pathname.startsWith('//') ? '/' : url.pathname + url.search
}
