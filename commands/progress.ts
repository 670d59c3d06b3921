import { REGISTRY_FACTS } from '../domain/registry.ts'
import type { IngestProgress } from '../ingest/ingest.ts'
import type { CommandOutput } from './command.ts'

const BAR_WIDTH = 24
const FULL_ROW = 100

/**
 * Shows how far a run is: a bar that is redrawn on a terminal, a line every hundred records elsewhere. `done` leaves
 * the last state standing.
 */
export function createProgress(output: CommandOutput): { show(progress: IngestProgress): void; done(): void } {
  let shown = 0
  let drawn = false
  return {
    show(progress) {
      if (output.isTTY) {
        output.write(`\r\u001b[2K${bar(progress)}`)
        drawn = true
      } else if (progress.fetched >= shown + FULL_ROW) {
        shown = progress.fetched
        output.write(`${words(progress)}\n`)
      }
    },
    done() {
      if (drawn) output.write('\n')
      drawn = false
    },
  }
}

function bar(progress: IngestProgress): string {
  const { announced, fetched } = progress
  if (!announced) return words(progress)
  const filled = Math.min(BAR_WIDTH, Math.round((fetched / announced) * BAR_WIDTH))
  return `[${'█'.repeat(filled)}${' '.repeat(BAR_WIDTH - filled)}] ${words(progress)}`
}

function words({ registry, announced, fetched, created, updated, unchanged, quarantined }: IngestProgress): string {
  const of = announced === null ? '' : ` of ${announced}`
  return `${REGISTRY_FACTS[registry].name}: ${fetched}${of} read, ${created} new, ${updated} changed, ${unchanged} same, ${quarantined} refused`
}
