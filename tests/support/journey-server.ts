const FIRST = Number(process.env.JOURNEYS_PORT ?? 4790)

/** Where the journeys' own servers listen: one is only looked at, the other one is changed by the stories. */
export const PORTS = { stories: FIRST, pages: FIRST + 1 }
