import { runtime } from '@/server/runtime'

const handle = (request: Request): Promise<Response> => runtime().auth(request)

export { handle as GET, handle as POST }
