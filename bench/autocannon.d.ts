/** What the benches use of autocannon, which comes without types. */
declare module 'autocannon' {
  interface Request {
    method: string
    headers: Record<string, string>
    body: string
  }
  interface Options {
    url: string
    connections: number
    /** Seconds. */
    duration: number
    requests: Request[]
    /** Threads; this one when not given. */
    workers?: number
  }
  interface Result {
    requests: { average: number; total: number }
    /** Bytes per second. */
    throughput: { average: number }
    errors: number
    non2xx: number
  }
  export default function autocannon(options: Options): Promise<Result>
}
