import type { AnswerIn } from '../../ranking/rank.ts'
import type { FieldError, Option } from './fields.ts'
import type { FormValues } from './form-values.ts'
import { type Html, html } from './html.ts'
import { type PageContext, page } from './layout.ts'
import { results } from './results.ts'
import { errorSummary, searchForm } from './search-form.ts'
import type { ShownResult } from './shown-result.ts'
import { numberInWords, say } from './words.ts'

interface Home {
  values: FormValues
  errors: FieldError[]
  stages: Option[]
  /** The answer and what was understood, once something was asked. */
  found?: { answer: AnswerIn<ShownResult>; notes: string[] }
}

/** The first page: the form, or the results with the form folded above them. */
export function homePage(context: PageContext, { values, errors, stages, found }: Home): string {
  const { lang, assets } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const form = searchForm({ lang, values, errors, stages, lists: assets })
  if (found) {
    const total = numberInWords(found.answer.total, lang)
    return page(context, {
      title: t(`Essais trouvés : ${total}`, `Trials found: ${total}`),
      indexable: false,
      main: html`<details class="modify"><summary>${t('Modifier la recherche', 'Change the search')}${asked(values)}</summary>${form}</details>
${results({ lang, values, ...found })}`,
    })
  }
  const title = t('Trouver un essai clinique ouvert près de chez vous', 'Find an open clinical trial near you')
  return page(context, {
    title: errors.length > 0 ? t(`À corriger – ${title}`, `To change – ${title}`) : title,
    description: t(
      'Quels essais cliniques recrutent en France pour une personne donnée, et où est le centre ouvert le plus proche ? Gratuit, sans compte ni trace.',
      'Which clinical trials recruit in France for a given person, and where is the nearest open site? Free, without account or trace.',
    ),
    main: html`${errorSummary(lang, errors)}<h1>${title}</h1>
<p class="lead">${t('Dites ce que vous savez, laissez le reste vide. Nous comparons vos réponses aux critères de chaque essai et montrons d’abord ceux qui conviennent, avec le centre ouvert le plus proche.', 'Tell what you know, leave the rest empty. We compare your answers with the criteria of each trial and show those that suit first, with the nearest open site.')}</p>
${form}`,
  })
}

/** The question in a few words, beside the button that opens the form again. */
function asked({ disease, place, age, stage, biomarkers, text }: FormValues): Html | null {
  const said = [disease, stage, ...biomarkers.map(({ name }) => name), age, place, text].filter((part) => part !== '')
  return said.length > 0 ? html`<span class="asked"> – ${said.join(' · ')}</span>` : null
}
