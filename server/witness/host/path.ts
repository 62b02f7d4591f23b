/** Everything below this path is for witnesses: known by a token, without cookies, never for a browser. */
export const WITNESS_PATH = '/api/witness/'
