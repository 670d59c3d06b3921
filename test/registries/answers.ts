import type { ServerResponse } from 'node:http'
import { gzipSync } from 'node:zlib'
import type { Fault } from './faults.ts'

/** What a registry answers, before anything goes wrong with it. */
export interface Reply {
  status: number
  type: string
  body: string
  location?: string
}

const SMALLEST_GZIPPED = 1024

/** A body of JSON, given as a value or as text that is to be sent as it is. */
export function json(value: unknown): Reply {
  return { status: 200, type: 'application/json', body: typeof value === 'string' ? value : JSON.stringify(value) }
}

/** Plain text, as ClinicalTrials.gov words its refusals. */
export function text(status: number, body: string): Reply {
  return { status, type: 'text/plain; charset=utf-8', body }
}

/** The page that both registries answer with when something behind it is broken, or the path is unknown. */
export function html(status: number): Reply {
  return {
    status,
    type: 'text/html; charset=utf-8',
    body: '<!DOCTYPE html><html><body>Invented registry</body></html>',
  }
}

/** A feed. */
export function rss(body: string): Reply {
  return { status: 200, type: 'application/rss+xml; charset=utf-8', body }
}

/** Text inside an XML element. */
export function escapeXml(plain: string): string {
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Sends a reply, spoilt by `fault` if there is one; resolves when it is out. */
export async function send(response: ServerResponse, reply: Reply, fault: Fault | undefined, gzip: boolean) {
  if (fault?.kind === 'slow') await new Promise((resolve) => setTimeout(resolve, fault.delayMs))
  if (fault?.kind === 'reset') return void response.destroy()
  const spoilt = spoil(reply, fault)
  const body =
    gzip && spoilt.body.length >= SMALLEST_GZIPPED ? gzipSync(spoilt.body, { level: 1 }) : Buffer.from(spoilt.body)
  response.writeHead(spoilt.status, {
    'content-type': spoilt.type,
    'content-length': body.length,
    ...(body.length && gzip && spoilt.body.length >= SMALLEST_GZIPPED && { 'content-encoding': 'gzip' }),
    ...(spoilt.location && { location: spoilt.location }),
    ...(fault?.kind === 'status' && fault.retryAfter && { 'retry-after': fault.retryAfter }),
  })
  if (fault?.kind !== 'cut') return void response.end(body)
  response.write(body.subarray(0, body.length >> 1), () => response.destroy())
}

function spoil(reply: Reply, fault: Fault | undefined): Reply {
  switch (fault?.kind) {
    case 'html':
      return html(200)
    case 'truncated':
      return { ...reply, body: reply.body.slice(0, reply.body.length >> 1) }
    case 'empty':
      return json({})
    case 'instead':
      return json(fault.body)
    case 'status':
      return html(fault.status)
    default:
      return reply
  }
}
