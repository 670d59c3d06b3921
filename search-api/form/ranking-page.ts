import { rankingVersion, WEIGHTS } from '../../ranking/weights.ts'
import { type Html, html } from './html.ts'
import { type PageContext, page } from './layout.ts'
import { numberInWords, pathIn, say } from './words.ts'

/**
 * How results are ranked, with the weights in force: what article L111-7 of the French consumer code asks to be told.
 */
export function rankingPage(context: PageContext): string {
  const { lang } = context
  const t = (fr: string, en: string) => say(lang, fr, en)
  const { parts, values, questions, distance, freshness } = WEIGHTS
  const main = html`<article class="text">
<h1>${t('Comment les essais sont classés', 'How trials are ranked')}</h1>
<p class="lead">${t('L’ordre dépend de trois choses seulement : ce que vous avez répondu, la distance, et la fraîcheur du statut. Personne ne paie pour être mieux placé, et aucun lien commercial ne change l’ordre.', 'The order depends on three things only: what you answered, the distance, and how fresh the status is. Nobody pays for a better place, and no commercial tie changes the order.')}</p>

<h2>${t('1. D’abord, ce qui va ensemble', '1. First, what fits')}</h2>
<p>${t('Pour chaque réponse que vous donnez, l’essai est comparé à ce que dit le registre. Il y a quatre issues :', 'Each answer you give is compared with what the registry says of the trial. There are four outcomes:')}</p>
${table(
  [t('Issue', 'Outcome'), t('Ce que cela veut dire', 'What it means'), t('Valeur', 'Worth')],
  [
    [
      t('Compatible', 'Compatible'),
      t('l’essai le demande ou l’admet, et vous y répondez', 'the trial asks for it or takes it, and you have it'),
      worth(values.met),
    ],
    [
      t('Compatible, largement', 'Compatible, broadly'),
      t('l’essai prend toute une famille (« tumeurs solides »)', 'the trial takes a whole family ("solid tumours")'),
      worth(values.broad),
    ],
    [
      t('Rien de précisé', 'Nothing said'),
      t('le registre ne dit rien de ce point', 'the registry is silent on it'),
      worth(values.not_restricted),
    ],
    [
      t('À vérifier', 'To be checked'),
      t(
        'l’essai demande une chose que vous n’avez pas dite, ou le texte est ambigu',
        'the trial asks for something you did not tell, or the text is ambiguous',
      ),
      worth(values.unknown),
    ],
    [
      t('Incompatible', 'Not compatible'),
      t('l’essai exclut ce que vous avez répondu', 'the trial excludes what you answered'),
      worth(values.contradicted),
    ],
  ],
)}
<p>${t('Les essais se rangent en trois groupes qui ne se mélangent jamais : compatibles avec toutes vos réponses, à vérifier, incompatibles. Les incompatibles ne sont pas montrés, sauf si vous le demandez ; la phrase qui exclut est alors citée. Une chose inconnue n’exclut jamais.', 'Trials fall into three groups that never mix: compatible with all your answers, to be checked, not compatible. The last are not shown unless you ask; the excluding sentence is then quoted. Something unknown never excludes.')}</p>

<h2>${t('2. Ensuite, des points à l’intérieur d’un groupe', '2. Then, points within a group')}</h2>
${table(
  [t('Part', 'Part'), 'Points'],
  [
    [t('Critères cliniques', 'Clinical criteria'), number(parts.clinical)],
    [t('Distance du centre ouvert le plus proche', 'Distance of the nearest open site'), number(parts.distance)],
    [t('Fraîcheur du statut de ce centre', 'Freshness of that site’s status'), number(parts.freshness)],
  ],
)}
<p>${t('Sans lieu indiqué, la distance n’est pas comptée et le reste est ramené à 100.', 'Without a place, distance is left out and the rest is scaled to 100.')}</p>
<h3>${t('Critères cliniques', 'Clinical criteria')}</h3>
<p>${t('Chaque réponse compte selon ce poids :', 'Each answer counts by this weight:')}</p>
${table(
  [t('Réponse', 'Answer'), t('Poids', 'Weight')],
  Object.entries(questions).map(([name, weight]) => [
    QUESTION_LABELS[name as keyof typeof questions][lang],
    number(weight),
  ]),
)}
<h3>Distance</h3>
<p>${t(`Jusqu’à ${distance.plateauKm} km, tous les points. Au-delà, la moitié est perdue tous les ${distance.halvingKm} km. Un centre fermé n’est jamais compté comme le plus proche. Si aucun centre n’est connu comme ouvert, le plus proche de statut inconnu compte pour ${percent(distance.unknownStatusFactor)}, et c’est dit.`, `Up to ${distance.plateauKm} km, all points. Beyond, half is lost every ${distance.halvingKm} km. A closed site never counts as nearest. When no site is known to be open, the nearest one of unknown status counts for ${percent(distance.unknownStatusFactor)}, and this is said.`)}</p>
<h3>${t('Fraîcheur', 'Freshness')}</h3>
<p>${t(`La moitié des points est perdue tous les ${freshness.halvingDays} jours depuis la dernière confirmation du statut : par le promoteur, sinon par le registre. ${freshness.halvingDays} jours est le retard médian de mise à jour des registres mesuré par une étude (BMJ Open 2017;7:e017719).`, `Half of the points is lost every ${freshness.halvingDays} days since the status was last confirmed: by the sponsor, else by the registry. ${freshness.halvingDays} days is the median delay of registry updates measured by a study (BMJ Open 2017;7:e017719).`)}</p>
<p>${t('À égalité : le plus proche, puis le statut le plus récent, puis le numéro de l’essai.', 'Ties: the nearest, then the most recent status, then the number of the trial.')}</p>

<h2>${t('3. Les promoteurs partenaires', '3. Partner sponsors')}</h2>
<p>${t('Tout promoteur peut confirmer gratuitement que ses centres sont ouverts. Cette confirmation rend le statut plus récent et compte donc comme telle. Être partenaire ne donne, en soi, aucun point. Le bouton de contact d’un partenaire peut passer par lui : c’est écrit à côté.', 'Any sponsor can confirm, free of charge, that its sites are open. That confirmation makes the status more recent and counts as such. Being a partner gives no point in itself. A partner’s contact may go through that partner: it is written beside it.')}</p>
<p class="hint">${t(`Version du classement : ${rankingVersion()}. Elle change dès qu’un poids change. Ces poids sont des choix : leurs raisons et leurs effets mesurés sont écrits dans le dossier « ranking » du code source.`, `Version of the ranking: ${rankingVersion()}. It changes whenever a weight does. The weights are choices: their reasons and measured effects are written down in the "ranking" folder of the source code.`)} <a href="${pathIn(lang, '/')}">${t('Chercher un essai', 'Search for a trial')}</a></p>
</article>`
  return page(context, { title: t('Comment les essais sont classés', 'How trials are ranked'), main })

  function worth(value: number): string {
    return numberInWords(value, lang, 2)
  }
  function number(value: number): string {
    return numberInWords(value, lang, 2)
  }
  function percent(value: number): string {
    return say(lang, `${number(value * 100)} %`, `${number(value * 100)}%`)
  }
}

const QUESTION_LABELS: Record<keyof typeof WEIGHTS.questions, { fr: string; en: string }> = {
  cancer: { fr: 'Type de cancer', en: 'Cancer type' },
  condition: { fr: 'Maladie, par son nom', en: 'Disease, by name' },
  text: { fr: 'Mots à chercher', en: 'Words to look for' },
  biomarkerPresent: { fr: 'Biomarqueur présent', en: 'Biomarker present' },
  biomarkerAbsent: { fr: 'Biomarqueur absent', en: 'Biomarker absent' },
  biomarkerRequiredUntold: {
    fr: 'Biomarqueur exigé par l’essai, non précisé',
    en: 'Biomarker the trial requires, not told',
  },
  biomarkerExcludedUntold: {
    fr: 'Biomarqueur exclu par l’essai, non précisé',
    en: 'Biomarker the trial excludes, not told',
  },
  stage: { fr: 'Stade', en: 'Stage' },
  setting: { fr: 'Situation (rechute, résistance…)', en: 'Setting (relapsed, refractory…)' },
  priorLines: { fr: 'Lignes de traitement reçues', en: 'Treatment lines received' },
  priorTherapy: { fr: 'Traitement déjà reçu', en: 'Treatment already received' },
  priorTherapyUntold: { fr: 'Traitement exigé par l’essai, non précisé', en: 'Treatment the trial requires, not told' },
  brainMetastases: { fr: 'Métastases cérébrales', en: 'Brain metastases' },
  ecog: { fr: 'Score ECOG', en: 'ECOG score' },
  age: { fr: 'Âge', en: 'Age' },
  sex: { fr: 'Sexe', en: 'Sex' },
}

function table(head: string[], rows: string[][]): Html {
  return html`<div class="table" tabindex="0"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>
${rows.map(([first, ...rest]) => html`<tr><th scope="row">${first}</th>${rest.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`
}
