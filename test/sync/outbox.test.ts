import { createMiniSearchIndex } from '../../sync/minisearch.ts'
import { indexFeedContract } from '../contract/index-feed.ts'
import { memoryDatabase } from '../support/databases.ts'

indexFeedContract('MiniSearch fed from PGlite', memoryDatabase, () => createMiniSearchIndex({ dir: null }))
