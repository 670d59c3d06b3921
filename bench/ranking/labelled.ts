import { DEPARTEMENTS } from '../../domain/places/departements.ts'
import { loadPlaces } from '../../domain/places/places.ts'
import type { Question } from '../../domain/question.ts'
import type { Trial } from '../../domain/trial.ts'
import { cancerByCode } from '../../domain/vocabulary/cancers.ts'
import { type Corpus, createCorpus, putTrial } from '../../ranking/corpus.ts'
import type { RankContext } from '../../ranking/rank.ts'
import { type GoldTrial, type LabelSet, readLabels, readOncotreeAncestors } from '../criteria/data.ts'
import { createRandom, type Random } from '../random.ts'
import { createReader, type RawLocation, type RawStudy, recordedStudies } from '../recorded.ts'
import { type Judged, judge } from './judge.ts'
import { drawPerson, type Person, questionOf } from './person.ts'

const PER_TRIAL = 4
const MOST_SITES = 8

/** One question, with what the labels say of every trial: by the person's whole file, and by what the question told. */
export interface Asked {
  person: Person
  question: Question
  told: 'fully' | 'partly'
  inFull: Map<string, Judged>
  byTold: Map<string, Judged>
}

/** Labelled trials as the registry sent them and as the product reads them, with questions drawn from their labels. */
export interface Labelled {
  raw: ReadonlyMap<string, RawStudy>
  trials: readonly Trial[]
  corpus: Corpus
  asked: readonly Asked[]
}

export const ancestors = readOncotreeAncestors()
const places = loadPlaces()
const towns = Object.keys(DEPARTEMENTS)
  .flatMap((code) => places.inDepartement(code))
  .filter(({ population, departement }) => population > 15_000 && departement.length === 2)

/**
 * Site statuses are drawn anew (seeded; at least one open site each), because many labelled trials are closed today and
 * nearest-open-site needs open and closed ones mixed. Trials without a French site get some, in drawn towns.
 */
export function readLabelled(set: LabelSet): Labelled {
  const random = createRandom(2026)
  const gold = readLabels(set)
  const labels = new Map(gold.map((trial) => [trial.nctId, trial]))
  const raw = new Map(
    [...recordedStudies('french'), ...recordedStudies('other')]
      .filter(({ protocolSection }) => labels.has(protocolSection.identificationModule.nctId))
      .map((study) => [study.protocolSection.identificationModule.nctId, reopened(study, random)]),
  )
  const trials = [...raw.values()].map(createReader(places))
  const corpus = createCorpus()
  for (const trial of trials) putTrial(corpus, trial)
  return { raw, trials, corpus, asked: drawAll(gold, raw, random) }
}

/** What the ranking is told beside the question. */
export const contextOf = ({ point }: Person): RankContext => ({
  today: '2026-11-21',
  point,
  textScores: null,
  dataVersion: '1',
  lang: 'fr',
})

/** The French locations of a recorded study. */
export function locationsOf(study: RawStudy | undefined): RawLocation[] {
  const locations = study?.protocolSection.contactsLocationsModule?.locations ?? []
  return locations.filter(({ country }) => country === 'France')
}

function drawAll(gold: readonly GoldTrial[], raw: ReadonlyMap<string, RawStudy>, random: Random): Asked[] {
  const found: Asked[] = []
  for (const trial of gold) {
    if (!raw.has(trial.nctId)) continue
    const cancers = new Set(
      (trial.cancers ?? []).flatMap(({ oncotree }) => [oncotree ?? '', ...(ancestors.get(oncotree ?? '') ?? [])]),
    )
    const same = gold.filter((other) =>
      other.cancers?.some(({ oncotree }) => oncotree !== null && cancers.has(oncotree)),
    )
    for (let n = 0; n < PER_TRIAL; n++) {
      const person = drawPerson(trial, same, random.pick(towns).point, random)
      if (person === null || cancerByCode(person.cancer) === null) continue
      const all = (panel: Person['panel']) =>
        new Map(gold.map((other) => [other.nctId, judge(other, person, panel, ancestors)]))
      const inFull = all(person.panel)
      if (inFull.get(trial.nctId) === 'contradicted') continue
      const part = person.panel.filter(() => random.chance(0.5))
      found.push({ person, question: questionOf(person, person.panel), told: 'fully', inFull, byTold: inFull })
      found.push({ person, question: questionOf(person, part), told: 'partly', inFull, byTold: all(part) })
    }
  }
  return found
}

function reopened(study: RawStudy, random: Random): RawStudy {
  const copy = structuredClone(study)
  copy.protocolSection.statusModule.overallStatus = 'RECRUITING'
  if (locationsOf(copy).length === 0)
    copy.protocolSection.contactsLocationsModule = { locations: drawLocations(random) }
  const french = locationsOf(copy)
  french.forEach((location, at) => {
    location.status =
      at === 0
        ? 'RECRUITING'
        : random.pick(['RECRUITING', 'RECRUITING', 'COMPLETED', 'NOT_YET_RECRUITING', 'WITHDRAWN'])
  })
  return copy
}

function drawLocations(random: Random): RawLocation[] {
  return Array.from({ length: 1 + random.below(MOST_SITES) }, () => {
    const { name, postalCodes, point } = random.pick(towns)
    const zip = postalCodes[0]
    return { facility: 'Hospital', city: name, ...(zip && { zip }), country: 'France', geoPoint: point }
  })
}
