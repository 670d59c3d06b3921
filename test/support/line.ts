import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A stretch of network between a client and a server of this machine, that can be broken. */
export interface Line {
  port: number
  /** `silent`: what is sent is taken and never answered, as behind a broken switch. `refused`: nobody listens. */
  set(state: 'open' | 'silent' | 'refused'): Promise<void>
  /**
   * Connections made from now on fall silent once so many pieces came back from the far end: one by one, on their way.
   */
  silenceAfter(pieces: number): void
  close(): Promise<void>
}

/** A line to the port given, open at first. Connections made while it was open end when it breaks off (`refused`). */
export async function startLine(to: number): Promise<Line> {
  let silent = false
  let pieces = Number.POSITIVE_INFINITY
  const ends = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1')
    let left = pieces
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('data', (bytes) => {
        if (silent || left <= 0) return
        into.write(bytes)
        if (from === far) left--
      })
      from.on('error', () => into.destroy())
      from.once('close', () => {
        ends.delete(from)
        into.destroy()
      })
    }
  })
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done))
  const hangUp = async () => {
    for (const end of ends) end.destroy()
    if (server.listening) await new Promise((done) => server.close(done))
  }
  await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    port,
    async set(state) {
      // What was taken in silence is lost: such a connection is of no use afterwards.
      if (silent) for (const end of ends) end.destroy()
      silent = state === 'silent'
      if (state === 'refused') await hangUp()
      else if (!server.listening) await listen(port)
    },
    silenceAfter(count) {
      pieces = count
    },
    close: hangUp,
  }
}
