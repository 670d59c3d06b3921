import { MARKER_LEXICON as LEXICON, type MarkerName } from './marker-names.ts'

/** What is said of a marker. `sign` is − when the marker is absent, unchanged or not expressed. */
export interface Alteration {
  code: string
  sign: '+' | '-'
  threshold: string | null
}

export type Token = { start: number; end: number; activating?: boolean } & (
  | { type: 'marker'; marker: MarkerName }
  | { type: 'alteration'; alteration: Alteration; noun: boolean }
  | { type: 'threshold'; alteration: Alteration }
  | { type: 'join'; join: 'and' | 'or' | 'comma' | 'slash' }
  | {
      type:
        | 'open'
        | 'close'
        | 'colon'
        | 'filler'
        | 'such'
        | 'negation'
        | 'exception'
        | 'therapy'
        | 'anti'
        | 'test'
        | 'word'
    }
)

/** Letters in capitals that look like a gene and are none. */
const NOT_GENES = new Set(
  'DNA RNA CTDNA CFDNA NGS PCR FISH IHC ISH CLIA FDA EMA ECOG WHO TPS CPS TC IC TAP ULN CNS CT MRI PET RECIST NSCLC SCLC CRC HCC MBC BTC GC GEJ TKI TKIS ADC AML ALL CLL MDS MM CML MCL FL DLBCL NHL ADT ASCO CAP ICF HIV HBV HCV VIH USA US EU UK SOC FFPE CSF AJCC UICC UC GIST NET NEC RCC PS PI SD CR PD II III IV IIIA IIIB IIIC OS PFS ORR TNM IPSS HMA HSCT SCT CAR BTK BTKI VEGF'.split(
    ' ',
  ),
)
const SYMBOL = /^[A-Z][A-Z0-9]{1,6}(?:-?\d{1,2}[A-Z]?)?$/

const positive = (code: string): Alteration => ({ code, sign: '+', threshold: null })
const negative = (code: string): Alteration => ({ code, sign: '-', threshold: null })

/** Folded word → what it says. Longest first within one pattern. */
const WORDS: [
  RegExp,
  Alteration | 'filler' | 'such' | 'negation' | 'exception' | 'therapy' | 'anti' | 'test' | 'and' | 'or',
][] = [
  [/^(?:(?:negative|absent|lack of|loss of|no|absence of) (?:[a-z]+ )?expression)/, negative('negative')],
  [
    /^(?:wild[- ]?types?|wt\b|non[- ]?mutate?d?\b|unmutated|un-mutated|germline sauvage|sauvages?|non[- ]mute\w*|not mutated|without mutations?(?= (?:status|tumou?r)))/,
    negative('wild_type'),
  ],
  [
    /^(?:without|absence(?: of)?|lack(?:ing|s)?(?: of)?|no\b|not\b|none|neither|nor\b|non(?= (?:porteu|connu))|never|negative for|free of|sans\b|absence d['e]|pas d['e]|aucune?|ni\b|ne\b|rule out|ruled out)/,
    'negation',
  ],
  [
    /^(?:other than|except(?:ion)?(?: for| of)?|excluding|unless|autres? que|sauf|hormis|with the exception of|a l'exception)/,
    'exception',
  ],
  [/^(?:and\/or|et\/ou|or\b|ou\b|either|soit)/, 'or'],
  [/^(?:and\b|et\b|&|\+(?= )|with\b(?= (?:or )?)|as well as|plus\b|avec\b)/, 'and'],
  [
    /^(?:such as|includ\w+(?:,? but not limited to)?|e\.?g\.?,?|i\.?e\.?,?|eg\b|ie\b|namely|but not limited to|not limited to|like\b|comme|tels? que|telles? que|dont|par exemple|notamment|the following|following)/,
    'such',
  ],
  [/^(?:resistan\w+ mutations?|mutations? de resistance)/, positive('resistance_mutation')],
  [
    /^(?:activat\w+|sensitiz\w+|sensitis\w+|activatrices?|sensibilisatrices?) (?:[a-z]+ ){0,1}(?:mutations?|mutated|variants?|alterations?)|^mutations? (?:activatrices?|sensibilisatrices?)/,
    positive('activating_mutation'),
  ],
  [/^(?:mutations?\b|mutants?\b|mutated|mutational|mutee?s?\b|mutated-?|mutation-)/, positive('mutation')],
  [
    /^(?:fusions?|rearrang\w+|rearranged|translocat\w+|translocations?|rearrangements?|rearrangee?s?|inversions?)/,
    positive('fusion'),
  ],
  [/^(?:amplif\w+|gene amplification|copy number gain)/, positive('amplification')],
  [/^(?:over-?express\w*|surexpress\w*|surexprim\w*)/, positive('overexpression')],
  [/^(?:low[- ]?express\w*|expression faible)/, positive('low')],
  [/^(?:high[- ]?express\w*|highly express\w*|expression elevee)/, positive('high')],
  [/^(?:express\w*|exprim\w*|reactiv\w+|immunoreactiv\w+)/, positive('expression')],
  [/^(?:positiv\w*|positif|\+ve\b)/, positive('positive')],
  [/^(?:negativ\w*|negatif|-ve\b)/, negative('negative')],
  [/^(?:ultra-?low)/, positive('ultralow')],
  [
    /^(?:alterations?|altered|aberrations?|aberrant|abnormalit\w+|variants?|anomalies?|defects?|deregulat\w+|dysregulat\w+|changes\b|genetic changes)/,
    positive('alteration'),
  ],
  [/^(?:deletions?|deleted|deletee?s?)/, positive('deletion')],
  [/^(?:loss(?: of function| of expression)?|lost|inactivat\w+|perte)/, positive('loss')],
  [/^(?:deficien\w+|deficits?|deficiente?s?)/, positive('deficient')],
  [/^(?:proficien\w+|competent)/, negative('proficient')],
  [/^(?:high\b|elevated|eleve\w*)/, positive('high')],
  [/^(?:low\b|faible)/, positive('low')],
  [/^stable\b/, negative('stable')],
  [
    /^(?:anti(?:-| (?=[a-z]))|antagoni\w+ of|against\b|targeting|targets?\b|block(?:s|ing)\b|inhibit(?:s|ing)\b|directed at|directed against|contre)/,
    'anti',
  ],
  [
    /^(?:blockers?|blockade|inhibit\w*|inhibiteurs?|tkis?\b|t\.k\.i|(?:-(?:targeted|directed|based)|targeted\b|directed\b) ?(?:therap\w+|agents?|treatments?|drugs?)?|antibod\w+|anticorps|antagonists?|agonists?|degraders?|therap\w+|traitements?|treatments?|agents?|adcs?\b|vaccin\w*|bispecific\w*|drugs?|conjugates?|checkpoints?|ligands?\b|car[- ]t|car\b|cart\b|engagers?|i\b(?=[ ,.)])|pathway inhibitors?|trastuzumab|cetuximab)/,
    'therapy',
  ],
  [
    /^(?:status|statut|tests?\b|testing\b|analys[ei]s\b|assessments?\b|evaluations?\b|assays?\b|results?\b|determinations?\b|profil\w+|screening\b|recherche\b|unknown|known or unknown|inconnu\w*|availab\w+|measurements?\b|quantif\w+|stratif\w+)/,
    'test',
  ],
  [
    /^(?:genes?\b|oncogenes?\b|proto-oncogenes?|the\b|an?\b|of\b|in\b|for\b|to\b|on\b|at\b|known|documented|any\b|tumou?rs?\b|activating|sensitizing|sensitising|driver|oncogenic|pathogenic|deleterious|suspected|likely|germline|somatic|genomic|genetic|molecular|proteins?|receptors?|is\b|are\b|be\b|been\b|was\b|were\b|must\b|should\b|by\b|via\b|per\b|local(?:ly)?|confirmed|both|one\b|more\b|at least one|least|levels?|surface|cells?|points?|kinase|domain|common|classical|sensitive|rare|uncommon|specific|chromosom\w+|immunohistochemi\w+|ihc\b|ish\b|fish\b|tyrosine|harbou?r\w*|presence|present|evidence|have\b|has\b|having|carry\w*|with\b|actionable|targetable|additional|validated|concurrent|co-?occurring|le\b|la\b|les\b|du\b|des?\b|d'|l'|un\b|une\b|genes?|presentant|porteu\w+|connue?s?|tumorale?s?|exons?(?! ?\d)|hotspot|combined|proportion|score|cps\b|tps\b|tc\b|ic\b|tap\b|percentage|percent|whose|bearing|documented|centrally|identified|mono-?allelic|bi-?allelic|biallelic|homozygous|heterozygous|monoallelic|inactivating|significant|clinically|relevant|gain of function|function\w*|whole\b|truncating|frameshift|nonsense|missense|antigens?|class|type|group|subtype|copy|number|disease\b|other\b|certain|selected|defined|as\b|membrane|membranous|nuclear|strong|partial|complete|intensity|staining|region|homolog\w*|family|member|viral|human|classic|typical|atypical|eligible|qualifying|detectable|mutational status|single|double|either|primary|secondary|original|diagnostic)/,
    'filler',
  ],
]

const EXON =
  /^(?:(deletions?|del|insertions?|ins|mutations?|skipping|skip|alterations?) (?:in |of |on |within |de l'|dans l')?)?(?:the )?ex(?:ons?)?\.?[ -]?(\d{1,2})(?:(?:[ -]|\b)(?:(?:in-?frame|skipping) )?(deletions?|del\b|insertions?|ins\b|duplications?|dup\b|skipping|skip|substitutions?|mutations?|deletion mutations?|insertion mutations?))?|^(\d{2})(del|ins)\b|^(del|ins)(\d{2})\b/
const VARIANT = /^(?:p\.)?([A-Z])(\d{2,4})(del|fs\*?\d*|[A-Z*]|x)?(?:\/([A-Z]))?(?![A-Za-z0-9])/
const IHC_SCORE = /^(?:(?:ihc|score|immunohistochemistry|is|of|a)[ :=]*)*(?:[(]?)([0-3]) ?\+(?![0-9])/
const IHC_ZERO = /^ihc ?(?:score )?(?:of )?0\b/
const THRESHOLD =
  /^(?:(tps|cps|tc|ic|tap|tumou?r proportion score|combined positive score|h-?score|score|expression|tumou?r cells?|level|expressed|rate|index)[ ()a-z:=]{0,24}?)?(>=|>\/=|≥|≤|<=|<|>|=|at least|greater than or equal to|greater than|less than|superieure? (?:ou egale? )?a|of at least|is at least|au moins|above|over|below) ?(?:\([≥≤<>=]+\) ?)?(\d{1,3}(?:\.\d+)?) ?(%|percent|per ?cent|pour cent)?/
const ITD = /^(?:internal tandem duplications?|itd\b|-itd\b|tkd\b)/
/** Antigens of the CD nomenclature, whatever their number; not the cells that are counted by them. */
const ANTIGEN = /^(CD\d{1,3}[a-z]?(?:v\d{1,2})?)(?![A-Za-z0-9])/
const CELL_COUNT =
  /^[+ -]{0,3}(?:\(?(?:positive )?(?:t[- ]?cells?|t[- ]?lymphocytes?|cells?|lymphocytes?|counts?|cell counts?|nadir|lymph\w*)\b(?! (?:lymphom|malignan|leuk|neoplas))|[<>≥≤=])/
/** A gene written into one word with its variant: "KRasG12C". */
const GLUED = /\b[A-Z][A-Za-z]{2,5}[A-Z]\d{2,4}[A-Z]?\b/
const WORD = /^[a-z0-9'’.]+(?:-[a-z0-9]+)?/

/** "ctDNA with an EGFR mutation": tumour DNA in the blood is where the marker was looked for. */
const isSample = ({ genes }: MarkerName, after: string) =>
  genes.includes('CTDNA') && /^\s+(?:with|showing|carrying|containing|avec|portant)\b/i.test(after)

/** Cuts a sentence into the tokens biomarker grammar is made of. Null when it names no marker at all. */
export function tokenise(plain: string, folded: string): Token[] | null {
  const found = LEXICON.findAll(plain).filter(({ value, end }) => !isSample(value, plain.slice(end, end + 16)))
  if (found.length === 0 && !GLUED.test(plain) && !/\bCD\d/.test(plain)) return null
  const tokens: Token[] = []
  let next = 0
  let at = 0
  while (at < folded.length) {
    const hit = found[next]
    if (hit && hit.start <= at) {
      if (hit.start === at || hit.end > at) {
        tokens.push({ type: 'marker', marker: hit.value, start: hit.start, end: hit.end })
        at = pushSiblings(plain, hit.value, Math.max(at, hit.end), tokens)
      }
      next++
      continue
    }
    const limit = hit?.start ?? folded.length
    const token = tokenAt(plain, folded, at, limit, tokens[tokens.length - 1])
    if (token === null) {
      at++
      continue
    }
    tokens.push(token)
    at = Math.max(at + 1, Math.min(token.end, Math.max(limit, at + 1)))
  }
  return withoutLookalikes(tokens)
}

/** "BRCA1/2", "RAD51C/D", "FGFR1/2/3", "GNAQ/11": further members of the family, written by their ending. */
function pushSiblings(plain: string, marker: MarkerName, from: number, tokens: Token[]): number {
  const gene = marker.genes[0]
  let at = from
  if (!gene || marker.genes.length > 1 || !/^[A-Z]+\d*[A-Z]?$/.test(gene) || marker.alteration) return at
  for (;;) {
    const ending = /^\/(\d{1,2}|[A-Z])(?![A-Za-z0-9+])/.exec(plain.slice(at, at + 4))
    if (!ending?.[1]) return at
    const sibling = gene.replace(/(?:\d+|[A-Z])$/, ending[1])
    const start = at + 1
    at += ending[0].length
    tokens.push(
      { type: 'join', join: 'slash', start: start - 1, end: start },
      { type: 'marker', marker: { ...marker, genes: [sibling] }, start, end: at },
    )
  }
}

/** Capitals that look like a gene count only in a list with a known one; in brackets behind one they are its other name. */
function withoutLookalikes(tokens: Token[]): Token[] {
  const isKnown = (token: Token | undefined) => token?.type === 'marker' && token.marker.known
  const listed = tokens.map(
    (token, at) =>
      token.type === 'marker' && !token.marker.known && tokens[at - 1]?.type === 'join' && isKnown(tokens[at - 2]),
  )
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at]
    if (token?.type !== 'marker' || token.marker.known || tokens[at + 1]?.type !== 'join') continue
    if (isKnown(tokens[at + 2]) || listed[at + 2]) listed[at] = true
  }
  for (let at = 2; at < tokens.length; at++) {
    const token = tokens[at]
    if (token?.type === 'marker' && !token.marker.known && tokens[at - 1]?.type === 'join' && listed[at - 2])
      listed[at] = true
  }
  const kept = tokens.map((token, at): Token => {
    if (token.type !== 'marker' || token.marker.known || listed[at]) return token
    return { type: 'filler', start: token.start, end: token.end }
  })
  return spelledOut(kept)
}

/** Only markers stand in the bracket. */
function closesAfterMarkers(tokens: readonly Token[], at: number): boolean {
  let index = at + 1
  while (index - at < 6 && (tokens[index]?.type === 'marker' || tokens[index]?.type === 'join')) index++
  return tokens[index]?.type === 'close'
}

/**
 * "…, neurotrophic receptor tyrosine kinase (NTRK)": the words before a bracketed marker are its long name; so are
 * bracketed words behind a marker.
 */
function spelledOut(tokens: Token[]): Token[] {
  for (let at = 0; at < tokens.length - 2; at++) {
    if (tokens[at]?.type !== 'marker' || tokens[at + 1]?.type !== 'open') continue
    let to = at + 2
    while (to - at < 9 && (tokens[to]?.type === 'word' || tokens[to]?.type === 'filler')) to++
    if (tokens[to]?.type !== 'close') continue
    for (let index = at + 2; index < to; index++) {
      const token = tokens[index]
      if (token) tokens[index] = { type: 'filler', start: token.start, end: token.end }
    }
  }
  for (let at = 1; at < tokens.length - 1; at++) {
    if (tokens[at]?.type !== 'marker' || tokens[at - 1]?.type !== 'open' || !closesAfterMarkers(tokens, at)) continue
    let from = at - 2
    while (from >= 0 && at - from < 10 && ['word', 'filler', 'join', 'therapy'].includes(tokens[from]?.type ?? '')) {
      const token = tokens[from]
      if (token?.type === 'join' && token.join !== 'slash') break
      from--
    }
    const before = tokens[from]
    if (before && !['join', 'such', 'colon', 'open', 'alteration', 'negation'].includes(before.type)) continue
    for (let index = from + 1; index < at - 1; index++) {
      const token = tokens[index]
      if (token) tokens[index] = { type: 'filler', start: token.start, end: token.end }
    }
  }
  return tokens
}

function tokenAt(plain: string, folded: string, at: number, limit: number, last: Token | undefined): Token | null {
  const unit = folded[at] ?? ''
  const touching = last?.type === 'marker' && last.end === at
  const one = (type: 'open' | 'close' | 'colon'): Token => ({ type, start: at, end: at + 1 })
  if (unit === ' ' || unit === '"' || unit === "'") return null
  if (unit === '(' || unit === '[') {
    const sign = /^[([] ?([+-])(?:ve)? ?[)\]]/.exec(folded.slice(at, at + 8))
    if (sign)
      return {
        type: 'alteration',
        alteration: sign[1] === '+' ? positive('positive') : negative('negative'),
        noun: false,
        start: at,
        end: at + sign[0].length,
      }
    return one('open')
  }
  if (unit === ')' || unit === ']') return one('close')
  if (unit === ':') return one('colon')
  if (unit === ',' || unit === ';') return { type: 'join', join: 'comma', start: at, end: at + 1 }
  const rest = folded.slice(at, Math.min(folded.length, at + 90))
  const own = rest.slice(0, Math.max(1, limit - at))
  if (touching && (unit === '+' || unit === '-')) {
    const after = folded[at + 1] ?? ' '
    if (unit === '+')
      return { type: 'alteration', alteration: positive('positive'), noun: false, start: at, end: at + 1 }
    if (/[\s,;)\]/.]/.test(after))
      return { type: 'alteration', alteration: negative('negative'), noun: false, start: at, end: at + 1 }
    return null
  }
  const threshold = THRESHOLD.exec(own)
  if (threshold) {
    const upper = /^(?:<|≤|less|below)/.test(threshold[2] ?? '') && Number(threshold[3]) > 1
    // "TPS < 50 %" takes in who has little of it and who has none: it asks for nothing.
    if (upper) return { type: 'test', start: at, end: at + threshold[0].length }
    return { ...thresholdToken(threshold, own), start: at, end: at + threshold[0].length }
  }
  const score = IHC_SCORE.exec(own) ?? IHC_ZERO.exec(own)
  if (score && !/^\d \+ \d/.test(own)) {
    const grade = Number(score[1] ?? 0)
    return {
      type: 'alteration',
      alteration: {
        code: grade === 0 ? 'negative' : 'expression',
        sign: grade === 0 ? '-' : '+',
        threshold: score[1] === undefined ? 'IHC 0' : `IHC ${grade}+`,
      },
      noun: false,
      start: at,
      end: at + score[0].length,
    }
  }
  if (unit === '/') return { type: 'join', join: 'slash', start: at, end: at + 1 }
  const before = folded[at - 1] ?? ' '
  if (/[a-z0-9]/.test(before) && unit !== '+' && unit !== '-' && !touching) return null
  const exon = EXON.exec(own)
  if (exon)
    return { type: 'alteration', alteration: positive(exonCode(exon)), noun: true, start: at, end: at + exon[0].length }
  const variant = VARIANT.exec(plain.slice(at, Math.min(limit, at + 14)))
  if (
    variant &&
    (variant[3] !== undefined ||
      last?.type === 'marker' ||
      last?.type === 'alteration' ||
      last?.type === 'join' ||
      last?.type === 'filler') &&
    !/^(?:T[0-4]|N[0-3]|M[01]|Q\d|D\d|C\d|H\d)\b/.test(variant[0])
  ) {
    return {
      type: 'alteration',
      alteration: positive(variantCode(variant)),
      noun: true,
      start: at,
      end: at + variant[0].length,
    }
  }
  const itd = ITD.exec(own)
  if (itd)
    return {
      type: 'alteration',
      alteration: positive(itd[0].includes('tkd') ? 'TKD' : 'ITD'),
      noun: true,
      start: at,
      end: at + itd[0].length,
    }
  if (unit === '-') {
    const spaced = before === ' ' && folded[at + 1] === ' '
    return spaced
      ? { type: 'word', start: at, end: at + 1 }
      : /^-(?:targeted|directed|based)/.test(own)
        ? { type: 'therapy', start: at, end: at + 9 }
        : null
  }
  for (const [pattern, meaning] of WORDS) {
    const match = pattern.exec(own)
    if (!match?.[0]) continue
    const end = at + match[0].length
    const cut = end < folded.length && /[a-z0-9]/.test(folded[end] ?? '') && /[a-z0-9]$/.test(match[0])
    if (cut && end < limit && meaning !== 'anti') continue
    if (meaning === 'and' || meaning === 'or') return { type: 'join', join: meaning, start: at, end }
    if (typeof meaning === 'string') {
      const activating = meaning === 'filler' && /^(?:activat|sensiti[sz]ing)/.test(match[0])
      return { type: meaning, start: at, end, ...(activating && { activating }) }
    }
    return {
      type: 'alteration',
      alteration: meaning,
      noun: /^(?:negative \w*expression|absent|lack|mutat|fusion|rearr|transloc|amplif|over|alter|aberr|abnorm|variant|anomal|defect|delet|loss|expression|activ|sensit|chang|dysreg|dereg|resist|inver|perte|surexp|presence)/.test(
        match[0],
      ),
      start: at,
      end,
    }
  }
  const glued =
    /^([A-Z][A-Za-z0-9.]{1,5}?)((?:p\.)?[A-Z]\d{2,4}[A-Z]?|ex(?:on)?\d{2}(?:ins|del)\w{0,8})(?![A-Za-z0-9])/.exec(
      plain.slice(at, at + 14),
    )
  const gene = glued?.[1] ? LEXICON.lookUp(glued[1]) : null
  if (gene) return { type: 'marker', marker: gene, start: at, end: at + (glued?.[1]?.length ?? 0) }
  const antigen = ANTIGEN.exec(plain.slice(at, Math.min(limit, at + 12)))
  if (antigen?.[1] && !CELL_COUNT.test(folded.slice(at + antigen[0].length, at + antigen[0].length + 30))) {
    const marker: MarkerName = { genes: [antigen[1]], alteration: null, unsure: true, known: true }
    return { type: 'marker', marker, start: at, end: at + antigen[0].length }
  }
  const symbol = /^[A-Za-z][A-Za-z0-9]*(?:-[A-Z0-9]+)?/.exec(plain.slice(at, Math.min(limit, at + 14)))?.[0]
  if (symbol && SYMBOL.test(symbol) && !NOT_GENES.has(symbol)) {
    return {
      type: 'marker',
      marker: { genes: [symbol], alteration: null, unsure: true, known: false },
      start: at,
      end: at + symbol.length,
    }
  }
  const word = WORD.exec(own)
  return { type: 'word', start: at, end: at + (word?.[0].length ?? 1) }
}

const exonCode = (match: RegExpExecArray) => {
  const number = match[2] ?? match[4] ?? match[7]
  const kind = `${match[1] ?? ''} ${match[3] ?? ''} ${match[5] ?? ''} ${match[6] ?? ''}`
  if (/del/.test(kind)) return `exon${number}_deletion`
  if (/ins|dup/.test(kind)) return `exon${number}_insertion`
  if (/skip/.test(kind)) return `exon${number}_skipping`
  return `exon${number}_mutation`
}

const variantCode = (match: RegExpExecArray) => `${match[1]}${match[2]}${match[3] === 'x' ? 'X' : (match[3] ?? '')}`

function thresholdToken(match: RegExpExecArray, own: string): { type: 'threshold'; alteration: Alteration } {
  const scale =
    /\b(tps|cps|tc|ic|tap)\b/.exec(match[0])?.[1]?.toUpperCase() ??
    (/combined positive/.test(own) ? 'CPS' : /proportion/.test(own) ? 'TPS' : '')
  const low = /^(?:<|≤|less|below)/.test(match[2] ?? '')
  const sign = low ? '<' : /^(?:>|greater than|above|over)$/.test(match[2] ?? '') ? '>' : '>='
  const threshold = `${scale}${sign}${match[3]}${match[4] ? '%' : ''}`
  return { type: 'threshold', alteration: { code: low ? 'negative' : 'expression', sign: low ? '-' : '+', threshold } }
}
