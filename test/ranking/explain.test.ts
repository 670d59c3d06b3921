import { describe, expect, it } from 'vitest'
import { joinNumbered } from '../../ranking/explain.ts'
import { ask } from './ask.ts'
import { criterion } from './trials.ts'

const lung = criterion({ kind: 'cancer', polarity: 'required', code: 'NSCLC' })
const fusion = (gene: string) =>
  criterion({
    kind: 'biomarker',
    polarity: 'excluded',
    group: null,
    gene,
    alteration: 'fusion',
    state: 'present',
    threshold: null,
  })

describe('an explanation', () => {
  it('says what the trial asks of a marker and of lines', () => {
    const mutation = criterion({
      kind: 'biomarker',
      polarity: 'required',
      group: 0,
      gene: 'EGFR',
      alteration: 'mutation',
      state: 'present',
      threshold: null,
    })
    const lines = criterion({ kind: 'prior_lines', polarity: 'required', min: 1, max: 2, setting: 'metastatic' })
    const told = [{ gene: 'EGFR', alteration: 'L858R', state: 'present' as const }]
    const result = ask({ cancer: 'LUAD', biomarkers: told, priorLines: 1 }, [lung, mutation, lines])
    expect(result?.explanation).toMatch(
      /^Classé ici car : adénocarcinome du poumon ; EGFR L858R \(mutation EGFR exigée\) ; 1 ligne antérieure \(au moins 1 et au plus 2 lignes de traitement, maladie métastatique\) ; /,
    )
  })
  it('says once what is to be checked of genes that differ in a digit', () => {
    const result = ask({ cancer: 'LUAD' }, [lung, ...['NTRK1', 'ALK', 'NTRK2', 'NTRK3'].map(fusion)])
    expect(result?.explanation).toMatch(/À vérifier : fusion NTRK1\/2\/3 exclue, fusion ALK exclue\.$/)
  })
  it('names the family that a trial takes, and the kind it does not take', () => {
    const solid = criterion({ kind: 'cancer', polarity: 'required', code: 'ANY_SOLID' })
    expect(ask({ cancer: 'LUAD' }, [solid])?.explanation).toMatch(
      /^Classé ici car : adénocarcinome du poumon \(toute tumeur solide\) ;/,
    )
    const squamous = criterion({ kind: 'cancer', polarity: 'excluded', code: 'LUSC' })
    expect(ask({ cancer: 'NSCLC' }, [lung, squamous])?.explanation).toMatch(
      /À vérifier : cancer du poumon non à petites cellules \(sauf carcinome épidermoïde du poumon\)\.$/,
    )
  })
})

describe('joinNumbered', () => {
  it.each<[string[], string[]]>([
    [['fusion NTRK1 exclue', 'fusion NTRK2 exclue'], ['fusion NTRK1/2 exclue']],
    [
      ['mutation BRCA1 exigée', 'fusion NTRK1 exclue', 'mutation BRCA2 exigée'],
      ['mutation BRCA1/2 exigée', 'fusion NTRK1 exclue'],
    ],
    [
      ['mutation BRCA1 exigée', 'mutation BRCA2 exclue'],
      ['mutation BRCA1 exigée', 'mutation BRCA2 exclue'],
    ],
    [
      ['HER2 : statut positif exigé', 'stade IV'],
      ['HER2 : statut positif exigé', 'stade IV'],
    ],
    [[], []],
  ])('%j: %j', (names, expected) => {
    expect(joinNumbered(names)).toEqual(expected)
  })
})

describe('what was not told', () => {
  it('is named where the trial limits it, and only there', () => {
    const ecog = criterion({ kind: 'performance', polarity: 'required', scale: 'ECOG', min: null, max: 1 })
    const told = (question: Parameters<typeof ask>[0]) =>
      ask(question, [lung, ecog])?.cautions.find(({ code }) => code === 'limits_not_told')?.text
    expect(told({ cancer: 'LUAD' })).toBe('L’essai limite aussi ce qui n’a pas été indiqué : l’état général.')
    expect(told({ cancer: 'LUAD', ecog: 1 })).toBeUndefined()
    expect(told({ age: 64 })).toBeUndefined()
  })
})
