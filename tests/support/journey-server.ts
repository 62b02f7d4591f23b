/** Where the journeys' own server listens. */
export const PORT = Number(process.env.JOURNEYS_PORT ?? 4790)
export const BASE_URL = `http://localhost:${PORT}`
