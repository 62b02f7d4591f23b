import type { SavedHeads, VerifierReport } from '@/lib/verifier/verify.mjs'

/** Read at a time: some hundred events, a few hundredths of a second. */
const PIECE = 256 * 1024

/**
 * Runs the verifier here, over a file of any size, without holding the tab up. Its code is loaded with the first file, and is
 * the file that can be downloaded; SHA-256 and Ed25519 are those of @noble, which work without waiting.
 * @param onProgress is told the share that was read, 0 to 1
 * @throws the signal's reason when it is cancelled
 */
export const checkFile = async (
  file: Blob,
  {
    saved,
    signal,
    onProgress,
  }: { saved: SavedHeads | null; signal: AbortSignal; onProgress(share: number): void },
): Promise<VerifierReport> => {
  const [{ createVerifier }, { createReplay }, { sha256 }, { ed25519 }] = await Promise.all([
    import('@/lib/verifier/verify.mjs'),
    import('@/lib/verifier/replay.mjs'),
    import('@noble/hashes/sha2.js'),
    import('@noble/curves/ed25519.js'),
  ])
  const crypto = {
    sha256,
    ed25519: (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => {
      try {
        return ed25519.verify(signature, message, key, { zip215: false })
      } catch {
        return false
      }
    },
  }
  const verifier = createVerifier(crypto, { saved, replay: createReplay() })
  for (let at = 0; at < file.size; at += PIECE) {
    signal.throwIfAborted()
    verifier.write(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()))
    onProgress(Math.min(1, (at + PIECE) / file.size))
    await turn()
  }
  signal.throwIfAborted()
  return verifier.end()
}

/** Lets the page draw and hear clicks. A timer would wait four milliseconds each time. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
