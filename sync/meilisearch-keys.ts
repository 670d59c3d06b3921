import { createHmac } from 'node:crypto'
import type { KeyCreation } from 'meilisearch'

interface KeyOfARole extends KeyCreation {
  uid: string
  name: string
}

/**
 * The two keys of a deployment. Meilisearch makes a key of its master key and the uid (HMAC-SHA256, in hexadecimal):
 * with uids that are fixed, keys can be written into a configuration before the server has started.
 */
export const MEILISEARCH_KEYS: Record<'search' | 'feed', KeyOfARole> = {
  search: {
    uid: '6f7dd4c5-9b1f-4b5e-8f0a-2c4f6c1d7a01',
    name: 'Essais proches: search',
    description: 'For processes that only search',
    actions: ['search'],
    indexes: ['trials-*'],
    expiresAt: null,
  },
  feed: {
    uid: '6f7dd4c5-9b1f-4b5e-8f0a-2c4f6c1d7a02',
    name: 'Essais proches: feed',
    description: 'For the process that keeps the index up to date',
    actions: ['search', 'documents.*', 'indexes.*', 'settings.*', 'stats.get', 'tasks.get', 'version'],
    // Not `trials-*`: a key of some indexes does not see the task that swaps two of them.
    indexes: ['*'],
    expiresAt: null,
  },
}

/** The key that a server with this master key gives the uid. */
export function keyFor(masterKey: string, uid: string): string {
  return createHmac('sha256', masterKey).update(uid).digest('hex')
}
