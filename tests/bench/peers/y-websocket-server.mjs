import http from 'node:http'
import { createRequire } from 'node:module'
import { WebSocketServer } from 'ws'
import { answerParent, documentOf } from './report.ts'

// The published CommonJS build, so that it and we load the same Yjs.
const require = createRequire(import.meta.url)
const { setPersistence, setupWSConnection } = require('@y/websocket-server/utils')
const Y = require('yjs')

setPersistence({
  bindState: async (name, doc) => {
    const bytes = documentOf(name)
    if (bytes !== null) Y.applyUpdate(doc, bytes)
  },
  writeState: async () => undefined,
})
const wss = new WebSocketServer({ noServer: true, perMessageDeflate: false })
wss.on('connection', setupWSConnection)
const server = http.createServer()
server.on('upgrade', (req, socket, head) =>
  wss.handleUpgrade(req, socket, head, (ws) => wss.emit('connection', ws, req)),
)
answerParent()
server.listen(0, '127.0.0.1', () => process.send?.({ port: server.address().port }))
