/**
 * Histologies (WHO classification) and sites as criteria name them without their organ, which the trial gives: organ →
 * OncoTree code → names. Sites of the head and neck are those of the AJCC manual.
 */
export const BARE_NAMES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  LUNG: {
    CSCLC: [
      'mixed small cell',
      'combined small cell',
      'mixed small cell and non-small cell',
      'mixte à petites cellules',
    ],
    SCLC: ['small cell', 'petites cellules'],
    LUNE: ['large cell neuroendocrine'],
    LNET: ['neuroendocrine'],
    SARCL: ['sarcomatoid', 'sarcomatoïde'],
    LUAS: ['adenosquamous', 'adénosquameux'],
    LUSC: ['squamous', 'squamous cell', 'épidermoïde'],
  },
  PROSTATE: { PRSCC: ['small cell', 'petites cellules'], PRNE: ['neuroendocrine'] },
  CERVIX: {
    CESC: ['squamous', 'squamous cell', 'épidermoïde'],
    CEAD: ['adenocarcinoma', 'adénocarcinome'],
    CEAS: ['adenosquamous', 'adénosquameux'],
    SCCE: ['small cell', 'petites cellules'],
    CENE: ['neuroendocrine'],
  },
  OVARY: {
    HGSOC: ['high-grade serous', 'séreux de haut grade'],
    LGSOC: ['low-grade serous', 'low-grade', 'séreux de bas grade', 'bas grade'],
    SOC: ['serous', 'séreux'],
    EOV: ['endometrioid', 'endométrioïde'],
    CCOV: ['clear cell', 'cellules claires'],
    MOV: ['mucinous', 'mucineux'],
    MXOV: ['mixed epithelial'],
    OCS: ['carcinosarcoma', 'carcinosarcome', 'malignant mixed Müllerian tumor'],
    HGONEC: ['neuroendocrine'],
    SCCO: ['small cell', 'petites cellules'],
    SBOV: ['borderline', 'low malignant potential'],
    OGCT: ['germ cell', 'germinal'],
    SCST: ['sex cord', 'sex cord-stromal', 'stromal'],
  },
  UCEC: {
    UEC: ['endometrioid', 'endométrioïde'],
    USC: ['serous', 'séreux'],
    UCCC: ['clear cell', 'cellules claires'],
    UCS: ['carcinosarcoma', 'carcinosarcome', 'malignant mixed Müllerian tumor'],
    UDDC: ['dedifferentiated', 'dédifférencié'],
    UNEC: ['neuroendocrine'],
  },
  RCC: {
    CCRCC: ['clear cell', 'cellules claires'],
    PRCC: ['papillary', 'papillaire'],
    CHRCC: ['chromophobe'],
    CDRCC: ['collecting duct', 'Bellini'],
  },
  BLADDER: {
    SCBC: ['small cell', 'petites cellules'],
    BLSC: ['squamous', 'squamous cell', 'épidermoïde'],
    BLAD: ['adenocarcinoma', 'adénocarcinome'],
  },
  ANY_ESOPHAGEAL: {
    ESCC: ['squamous', 'squamous cell', 'épidermoïde'],
    ESCA: ['adenocarcinoma', 'adénocarcinome'],
  },
  HEAD_NECK: {
    OCSC: ['oral cavity', 'mouth', 'tongue', 'cavité buccale', 'cavité orale'],
    OPHSC: ['oropharynx', 'oropharyngeal', 'oropharyngé'],
    HPHSC: ['hypopharynx', 'hypopharyngeal', 'hypopharyngé'],
    LXSC: ['larynx', 'laryngeal', 'laryngé'],
    SNSC: ['paranasal sinus', 'paranasal', 'nasal cavity', 'sinonasal', 'sinus', 'fosses nasales', 'nasal sinus'],
    NPC: ['nasopharynx', 'nasopharyngeal', 'nasopharyngé', 'cavum'],
    SACA: ['salivary gland', 'salivary', 'glandes salivaires'],
    HNSCUP: ['unknown primary', 'primitif inconnu'],
    CSCC: ['skin'],
  },
}
