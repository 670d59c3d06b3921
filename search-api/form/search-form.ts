import type { Language } from '../../domain/question.ts'
import { ECOG_GRADES } from '../../domain/vocabulary/performance.ts'
import { type FieldError, type Option, radioField, selectField, textField } from './fields.ts'
import { FIRST_BIOMARKERS, type FormValues } from './form-values.ts'
import { attributes, type Html, html } from './html.ts'
import { pathIn, say } from './words.ts'

interface FormView {
  lang: Language
  values: FormValues
  errors: FieldError[]
  stages: Option[]
  /** Addresses of the lists that the page's script looks suggestions up in. */
  lists: { places: string; vocabulary: string }
}

const RADII = [20, 50, 100, 200]

/**
 * The form: everything is optional, and it posts, so that nothing typed ever stands in an address. The unseen first
 * button is the one that the Enter key presses; without it that would be "add a biomarker".
 */
export function searchForm({ lang, values, errors, stages, lists }: FormView): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const errorOf = (field: string) => errors.find((error) => error.field === field)
  const unknown = { value: '', label: t('Je ne sais pas', 'I do not know') }
  return html`<form method="post" action="${pathIn(lang, '/')}" class="search" novalidate autocomplete="off" data-places="${lists.places}" data-vocabulary="${lists.vocabulary}">
<button type="submit" name="action" value="search" class="hidden" tabindex="-1" aria-hidden="true"></button>
<fieldset>
<legend>${t('La maladie', 'The disease')}</legend>
${textField({
  id: 'disease',
  label: t('Cancer ou maladie', 'Cancer or disease'),
  hint: t(
    'Par exemple : cancer du sein, adénocarcinome pulmonaire, sclérose en plaques',
    'For example: breast cancer, lung adenocarcinoma, multiple sclerosis',
  ),
  value: values.disease,
  error: errorOf('disease'),
  extra: { 'data-suggest': 'cancers', maxlength: 200 },
})}
${selectField({ id: 'stage', label: t('Stade ou étendue', 'Stage or extent'), value: values.stage, error: errorOf('stage'), options: [unknown, ...stages] })}
${biomarkers(lang, values, errorOf('biomarker-0'))}
${textField({
  id: 'text',
  label: t('Mots à chercher', 'Words to look for'),
  hint: t('Un médicament, le nom ou le numéro d’un essai…', 'A medicine, the name or number of a trial…'),
  value: values.text,
  error: errorOf('text'),
  extra: { maxlength: 300 },
})}
</fieldset>
<div class="column">
<fieldset>
<legend>${t('La personne', 'The person')}</legend>
<div class="pair">
${textField({ id: 'age', label: t('Âge, en années', 'Age in years'), value: values.age, error: errorOf('age'), extra: { inputmode: 'numeric', maxlength: 3 }, className: 'short' })}
${radioField({
  id: 'sex',
  label: t('Sexe', 'Sex'),
  value: values.sex,
  options: [
    { value: 'FEMALE', label: t('Femme', 'Female') },
    { value: 'MALE', label: t('Homme', 'Male') },
    { value: '', label: t('Non précisé', 'Not given') },
  ],
})}
</div>
${selectField({
  id: 'ecog',
  label: t('Forme générale (score ECOG ou OMS)', 'General condition (ECOG or WHO score)'),
  value: values.ecog,
  error: errorOf('ecog'),
  options: [
    unknown,
    ...ECOG_GRADES.map(({ grade, fr, en }) => ({ value: String(grade), label: `${grade} – ${t(fr, en)}` })),
  ],
})}
${textField({
  id: 'priorLines',
  label: t('Nombre de lignes de traitement déjà reçues', 'Number of treatment lines already received'),
  hint: t(
    'Chimiothérapie, immunothérapie, traitement ciblé… pour la maladie au stade actuel. 0 si aucun.',
    'Chemotherapy, immunotherapy, targeted therapy… for the disease at its present stage. 0 if none.',
  ),
  value: values.priorLines,
  error: errorOf('priorLines'),
  extra: { inputmode: 'numeric', maxlength: 2 },
  className: 'short',
})}
</fieldset>
<fieldset>
<legend>${t('Le lieu', 'The place')}</legend>
${textField({
  id: 'place',
  label: t('Code postal ou commune', 'Postal code or town'),
  hint: t('Par exemple : 69008, Lyon', 'For example: 69008, Lyon'),
  value: values.place,
  error: errorOf('place'),
  extra: { 'data-suggest': 'places', maxlength: 100 },
})}
${placeChoices(lang, values, errorOf('place'))}
${selectField({
  id: 'radiusKm',
  label: t('Distance du centre le plus proche', 'Distance of the nearest site'),
  value: values.radiusKm,
  error: errorOf('radiusKm'),
  options: [
    { value: '', label: t('Toute la France', 'All of France') },
    ...RADII.map((km) => ({ value: String(km), label: t(`${km} km au plus`, `Within ${km} km`) })),
  ],
})}
</fieldset>
</div>
<p class="promise">${t(
    'Tout est facultatif. Ce que vous écrivez sert à cette recherche et n’est ni conservé, ni transmis, ni mesuré.',
    'Everything is optional. What you write serves this search and is neither kept, passed on, nor measured.',
  )} <a href="${pathIn(lang, '/confidentialite')}">${t('Confidentialité', 'Privacy')}</a></p>
<button type="submit" name="action" value="search" class="primary">${t('Voir les essais', 'Show trials')}</button>
</form>`
}

function biomarkers(lang: Language, values: FormValues, error: FieldError | undefined): Html {
  const t = (fr: string, en: string) => say(lang, fr, en)
  const extra = values.action === 'add-biomarker' ? 1 : 0
  const count = Math.max(FIRST_BIOMARKERS, values.biomarkers.length + extra)
  const lines = Array.from({ length: count }, (_, at) => {
    const { name = '', state = 'present' } = values.biomarkers[at] ?? {}
    const id = `biomarker-${at}`
    const autofocus = extra === 1 && at === count - 1
    return html`<div class="biomarker">
<label class="hidden" for="${id}">${t(`Biomarqueur ${at + 1}`, `Biomarker ${at + 1}`)}</label>
<input${attributes({ type: 'text', id, name: 'biomarker', value: name || null, maxlength: 100, autofocus, 'data-suggest': 'biomarkers', 'aria-describedby': error ? 'biomarkers-hint biomarkers-error' : 'biomarkers-hint', 'aria-invalid': error && name ? 'true' : null })}>
<label class="hidden" for="${id}-state">${t(`Résultat ${at + 1}`, `Result ${at + 1}`)}</label>
<select id="${id}-state" name="biomarkerState">
<option${attributes({ value: 'present', selected: state !== 'absent' })}>${t('présent', 'present')}</option>
<option${attributes({ value: 'absent', selected: state === 'absent' })}>${t('absent', 'absent')}</option>
</select>
</div>\n`
  })
  return html`<fieldset class="field biomarkers" id="biomarkers">
<legend>${t('Biomarqueurs, mutations', 'Biomarkers, mutations')}</legend>
<p class="hint" id="biomarkers-hint">${t('Par exemple : EGFR L858R, ALK, HER2, PD-L1', 'For example: EGFR L858R, ALK, HER2, PD-L1')}</p>
${error && html`<p class="error" id="biomarkers-error">${error.message}</p>`}
${lines}
<button type="submit" name="action" value="add-biomarker" class="secondary" data-add-biomarker>${t('Ajouter un biomarqueur', 'Add a biomarker')}</button>
</fieldset>`
}

/**
 * Several places bear the name: the choice comes with the text it was offered for, and falls away when that changes.
 */
function placeChoices(lang: Language, { place }: FormValues, error: FieldError | undefined): Html | null {
  if (!error?.choices) return null
  return html`<fieldset class="field radios">
<legend>${say(lang, 'Choisissez le lieu', 'Choose the place')}</legend>
<input type="hidden" name="placeAsked" value="${place}">
${error.choices.map(({ value, label }, at) => html`<div class="radio"><input type="radio" id="placeChoice-${at}" name="placeChoice" value="${value}"><label for="placeChoice-${at}">${label}</label></div>\n`)}</fieldset>`
}

/** The errors of the form, each leading to its field, read first. */
export function errorSummary(lang: Language, errors: FieldError[]): Html | null {
  if (errors.length === 0) return null
  return html`<div class="summary" role="alert" tabindex="-1" autofocus>
<h2>${say(lang, errors.length === 1 ? 'Une réponse est à corriger' : `${errors.length} réponses sont à corriger`, errors.length === 1 ? 'One answer needs a change' : `${errors.length} answers need a change`)}</h2>
<ul>
${errors.map(({ field, message }) => html`<li><a href="#${field}">${message}</a></li>\n`)}</ul>
</div>`
}

/** The question again as hidden fields, for a button that asks it with one thing changed. */
export function hiddenFields(values: FormValues, changed: Partial<Record<keyof FormValues, string>>): Html {
  const {
    biomarkers: lines,
    contradicted,
    action: _,
    placeChoice: _choice,
    placeAsked: _asked,
    cursor: _cursor,
    ...plain
  } = values
  const fields = { ...plain, contradicted: contradicted ? 'yes' : '', ...changed }
  return html`${Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => html`<input${attributes({ type: 'hidden', name, value })}>`)}${lines.map(
    ({ name, state }) =>
      html`<input${attributes({ type: 'hidden', name: 'biomarker', value: name })}><input${attributes({ type: 'hidden', name: 'biomarkerState', value: state })}>`,
  )}`
}
