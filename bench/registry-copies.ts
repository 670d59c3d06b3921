import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { renderCtis } from '../test/registries/render-ctis.ts'
import type { RenderedStudy } from '../test/registries/rendered-study.ts'
import { recordedStudies } from './recorded.ts'

type Study = RenderedStudy & { protocolSection: { statusModule: { overallStatus?: string } } }

export interface CopyOptions {
  folder: string
  studies: number
  /** So many of the studies stand in CTIS too. */
  trials: number
}

/** The files of both registries in a folder. */
export const pathsIn = (folder: string) => ({ ctgov: join(folder, 'ctgov.ndjson'), ctis: join(folder, 'ctis.ndjson') })

/** Copies of recorded French studies, each with numbers of its own, all open; the first `trials` stand in CTIS too. */
function* copies({ studies, trials }: CopyOptions): Generator<Study> {
  const recorded = recordedStudies('french') as unknown as Study[]
  for (let n = 0; n < studies; n++) {
    const study = structuredClone(recorded[n % recorded.length]) as Study
    const { identificationModule, statusModule, contactsLocationsModule } = study.protocolSection
    identificationModule.nctId = `NCT91${String(n).padStart(6, '0')}`
    identificationModule.orgStudyIdInfo = { id: `COPY-${n}` }
    Reflect.deleteProperty(identificationModule, 'nctIdAliases')
    const [year, sequence] = [2022 + Math.floor(n / 9999), 500_000 + (n % 9999)]
    identificationModule.secondaryIdInfos = n < trials ? [{ id: `${year}-${sequence}-10-00` }] : []
    statusModule.overallStatus = 'RECRUITING'
    for (const location of contactsLocationsModule?.locations ?? []) {
      if (location.country === 'France') location.status = 'RECRUITING'
    }
    yield study
  }
}

async function writeFiles(options: CopyOptions): Promise<void> {
  const paths = pathsIn(options.folder)
  const files = { ctgov: createWriteStream(paths.ctgov), ctis: createWriteStream(paths.ctis) }
  let seed = 0
  for (const study of copies(options)) {
    const rendered = renderCtis(study, { seed: seed++, daysLater: seed % 30, franceCode: 4 })
    if (rendered) files.ctis.write(`${JSON.stringify(rendered.payload)}\n`)
    if (!files.ctgov.write(`${JSON.stringify(study)}\n`)) await once(files.ctgov, 'drain')
  }
  for (const file of Object.values(files)) {
    file.end()
    await once(file, 'finish')
  }
}

// A process of its own: what this needs is not the memory of who measures.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = { type: 'string', default: '' } as const
  const { values } = parseArgs({ options: { folder: text, studies: text, trials: text } })
  await writeFiles({ folder: values.folder, studies: Number(values.studies), trials: Number(values.trials) })
}
