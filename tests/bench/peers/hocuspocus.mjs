import { Server } from '@hocuspocus/server'
import * as Y from 'yjs'
import { answerParent, documentOf } from './report.ts'

const server = new Server({
  port: 0,
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  onLoadDocument: async ({ documentName, document }) => {
    const bytes = documentOf(documentName)
    if (bytes !== null) Y.applyUpdate(document, bytes)
    return document
  },
})
await server.listen()
answerParent()
process.send?.({ port: server.address.port })
