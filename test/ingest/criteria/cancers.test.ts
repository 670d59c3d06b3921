import { describe, expect, test } from 'vitest'
import type { CriteriaInput } from '../../../ingest/criteria/input.ts'
import { readKind, trial } from './input.ts'

const codes = (input: CriteriaInput, polarity: 'required' | 'excluded' = 'required') =>
  readKind(input, 'cancer')
    .filter((criterion) => criterion.polarity === polarity)
    .map(({ code }) => code)
    .sort()

const about = (conditions: string[], inclusion: string, exclusion = 'Pregnancy') =>
  trial(`Inclusion Criteria:\n\n* ${inclusion}\n\nExclusion Criteria:\n\n* ${exclusion}\n`, { conditions })

describe('cancers', () => {
  test.each([
    [['Non-small Cell Lung Cancer'], 'Histologically confirmed NSCLC', ['NSCLC']],
    [['Breast Neoplasms'], 'Women with invasive breast cancer', ['BRCA']],
    [['Lung Cancer'], 'Confirmed small cell lung cancer', ['SCLC']],
    [['Solid Tumor'], 'Advanced solid tumour of any type', ['ANY_SOLID']],
    [['Solid Tumor'], 'Confirmed melanoma or hepatocellular carcinoma', ['HCC', 'MEL']],
    [['Solid Tumor'], 'Solid tumours:\n  * Group A: NSCLC, melanoma.\n  * Group B: NSCLC.', ['MEL', 'NSCLC']],
    [['Solid Tumor'], 'Solid tumours:\n  * Part A: any solid tumour\n  * Part B: NSCLC', ['ANY_SOLID', 'NSCLC']],
    [['Solid Tumor'], 'Solid tumours:\n  * relapsed\n  * NSCLC with a known driver', ['ANY_SOLID', 'NSCLC']],
    [['Solid Tumor'], 'Advanced solid tumours such as melanoma and NSCLC', ['ANY_SOLID', 'MEL', 'NSCLC']],
    [['Solid Tumor'], 'Solid tumours (including, but not limited to, melanoma)', ['ANY_SOLID', 'MEL']],
    [['Solid Tumor'], 'Solid tumours, for example melanoma or HCC', ['ANY_SOLID', 'HCC', 'MEL']],
    [['Solid Tumor'], 'Solid tumours including HCC, melanoma, etc.', ['ANY_SOLID', 'HCC', 'MEL']],
    [['Solid Tumor'], 'Solid tumours (melanoma, HCC), e.g. after surgery', ['HCC', 'MEL']],
    [['Solid Tumor'], 'Solid tumours including melanoma and HCC', ['HCC', 'MEL']],
    [['Solid Tumor', 'Melanoma'], 'Melanoma or another unresectable solid tumour', ['MEL']],
    [['Solid Tumor', 'Melanoma'], 'Melanoma or other unresectable solid tumours', ['ANY_SOLID', 'MEL']],
    [['Solid Tumor', 'Melanoma'], 'Any advanced solid tumour, melanoma included', ['ANY_SOLID', 'MEL']],
    [['Solid Tumor', 'Melanoma'], 'Solid tumours (melanoma, osteosarcoma)', ['MEL', 'OS']],
    [['Solid Tumor', 'Melanoma'], 'Histologically confirmed malignancy', ['ANY_SOLID', 'MEL']],
    [['Solid Tumor', 'Melanoma'], 'Melanoma\n* Recovered from cancer therapy', ['MEL']],
    [['Solid Tumor', 'Melanoma'], 'Melanoma\n* Measurable by the standard for solid tumours (RECIST)', ['MEL']],
    [['Solid Tumor'], 'Solid tumours\n* For colorectal cancer, a tumour without KRAS mutation', ['ANY_SOLID']],
    [['Solid Tumor'], 'Solid tumours\n* Patients with HCC must have Child-Pugh A', ['ANY_SOLID']],
    [['Head and Neck Cancer'], 'HNSCC\n* For oropharyngeal cancer, HPV status is known', ['HNSC']],
    [['Lung Cancer'], 'Patients with confirmed small cell lung cancer must have had surgery', ['SCLC']],
    [['Ovarian Cancer'], 'Ovarian, fallopian tube or primary peritoneal cancer', ['HGSFT', 'OVT', 'PSEC']],
    [['Ovarian Cancer'], 'Ovarian cancer, high-grade serous', ['HGSOC']],
    [['Cervical Cancer'], 'Confirmed squamous cell carcinoma or adenocarcinoma', ['CEAD', 'CESC']],
    [['Cervical Cancer'], 'Cervical cancer; for adenocarcinoma, a scan', ['CERVIX']],
    [['Cervical Cancer'], 'Confirmed carcinoma of the cervix of any histological type', ['CERVIX']],
    [['Ovarian Cancer'], 'Confirmed endometrioid, mucinous or undifferentiated carcinoma', ['EOV', 'MOV', 'OVT']],
    [['Esophageal Cancer'], 'Histologically proven squamous cell carcinoma', ['ESCC']],
    [['Head and Neck Cancer'], 'HNSCC with a primary tumour site in the larynx or oral cavity', ['LXSC', 'OCSC']],
    [['Head and Neck Cancer'], 'HNSCC; no earlier radiation of the larynx', ['HNSC']],
    [['Solid Tumor', 'Head and Neck Cancer'], 'Solid tumours or HNSCC (larynx, oral cavity)', ['ANY_SOLID', 'HNSC']],
    [['Brain Metastases'], 'One to four lesions', ['ANY_SOLID']],
    [['Glioblastoma', 'Brain Metastases'], 'Recurrent glioblastoma or brain metastases', ['ANY_SOLID', 'GB']],
    [['Colorectal Cancer', 'Liver Metastases'], 'Lesions that can be resected', ['COADREAD']],
    [['Lung Cancer Metastatic'], 'NSCLC', ['NSCLC']],
    [['Brain Metastases'], 'Brain metastases from breast cancer', ['BRCA']],
    [['Cancer', 'Melanoma'], 'Part A: any stage of a solid tumour\n* Part B: melanoma', ['ANY_SOLID', 'MEL']],
    [['Cancer', 'Melanoma'], 'Confirmed melanoma', ['MEL']],
    [['Melanoma'], 'Part A: a solid tumour\n* Part B: melanoma', ['MEL']],
    [['Cancer'], 'Primary brain tumour or brain metastases', ['ANY_CANCER']],
    [['Cancer', 'Brain Tumors'], 'Primary brain tumour or brain metastases', ['BRAIN']],
    [['Cancer'], 'Primary central nervous system (CNS) lymphoma', ['PCNSL']],
    [['Solid Tumor'], 'Solid tumours (except pancreatic or gastric)', ['ANY_SOLID']],
    [['Carcinoma, Renal Cell', 'Melanoma'], 'Age of 18', ['MEL', 'RCC']],
    [['Leukemia, Lymphoblastic', 'Melanoma'], 'Age of 18', ['BLL', 'MEL', 'TLL']],
    [['Melanoma', 'Cancer, Other'], 'Age of 18', ['MEL']],
    [['Melanoma, Sarcoma'], 'Age of 18', ['BONE', 'MEL', 'SOFT_TISSUE']],
    [['Glioblastoma'], 'Glioblastoma without spread remains eligible\n  * Kinds: gliosarcoma', ['GSARC']],
    [['Pelvic Neoplasms'], 'Malignant pelvic tumour', ['ANY_SOLID']],
    [['Acute Leukemia'], 'B- or T-cell ALL in relapse', ['BLL', 'TLL']],
    [['Leukemia'], 'One of the following:\n  * AML\n  * AML with NPM1 mutation', ['AML']],
    [['Glioma', 'Glioblastoma'], 'Confirmed glioma', ['DIFG', 'ENCG']],
    [['Brain Tumors', 'Glioblastoma'], 'Confirmed glioblastoma', ['GB']],
    [['Melanoma'], 'Confirmed melanoma\n* Uveal melanomas are included', ['MEL', 'UM']],
    [['Leukemia'], 'T-ALL, including ETP-ALL', ['ETPLL', 'TLL']],
    [['Melanoma'], 'Confirmed melanoma, osteosarcoma or hepatocellular carcinoma', ['HCC', 'MEL', 'OS']],
    [['Solid Tumor'], 'Solid tumours\n* ALT below 5 x ULN in patients with hepatocellular carcinoma', ['ANY_SOLID']],
    [['Solid Tumor'], 'Solid tumours\n* At least one measurable lesion (RANO for glioblastoma)', ['ANY_SOLID']],
    [['Solid Tumor'], 'Solid tumours\n* (Note: patients with melanoma are excluded)', ['ANY_SOLID']],
    [['Solid Tumor'], 'Any solid tumour excluding breast, non-small cell lung and gastric cancer', ['ANY_SOLID']],
    [['Nonsquamous NSCLC', 'Squamous NSCLC'], 'Stage IV disease', ['NSCLC']],
    [['Lung Cancer'], 'Histologically confirmednon-small cell lung cancer', ['LUNG']],
    [['Carcinoma Gallbladder'], 'Stage IV disease', ['GBC']],
    [['Glioma'], 'Recurrent glioblastoma or gliosarcoma', ['GB', 'GSARC']],
    [['Glioma'], 'Recurrent glioma (glioblastoma)', ['GB']],
    [['Sarcoma'], 'Osteosarcoma and other sarcomas', ['BONE', 'OS', 'SOFT_TISSUE']],
    [['Cancer du sein'], 'Cancer du sein métastatique', ['BRCA']],
    [['Leukemia', 'Myelogenous Leukemia'], 'Chronic myeloid leukemia or Phi+ ALL', ['BLLBCRABL1', 'CMLBCRABL1']],
    [['Lung Cancer'], 'NSCLC of squamous or non-squamous histology', ['NSCLC']],
    [['Non-Hodgkin Lymphoma'], 'Patients with MZL (nodal, splenic or extranodal MZL)', ['EMALT', 'NMZL', 'SMZL']],
    [['Bladder cancer'], 'Confirmed cancer of the bladder, kidney or prostate', ['BLCA', 'PRAD', 'RCC']],
    [['Tumeurs'], 'Carcinome du larynx ou de la vessie', ['BLCA', 'LXSC']],
    [['Neuroendocrine Carcinoma'], 'Neuroendocrine carcinoma of pancreatic origin', ['PANEC']],
    [
      ['Neuroendocrine Carcinoma'],
      'Neuroendocrine carcinoma from a pancreatic or unknown primary',
      ['NECNOS', 'PANEC'],
    ],
    [['Neuroendocrine Tumors'], 'Neuroendocrine tumour of thoracic origin', ['ALUCA', 'LUCA', 'TNET']],
    [['Neuroendocrine Tumors'], 'Neuroendocrine tumour, progressing in the lungs', ['NETNOS']],
  ])('%s, %s', (conditions, inclusion, expected) => {
    expect(codes(about(conditions, inclusion))).toEqual(expected)
  })

  test('an earlier malignancy or a history in the family is not the disease of the trial', () => {
    const input = about(['Prostate Cancer'], 'Confirmed prostate adenocarcinoma', 'History of melanoma within 5 years')
    expect([codes(input), codes(input, 'excluded')]).toEqual([['PRAD'], []])
  })

  test('histologies ruled out by name', () => {
    const input = about(['Acute Myeloid Leukemia'], 'Relapsed acute myeloid leukaemia', 'Acute promyelocytic leukaemia')
    expect(codes(input, 'excluded')).toEqual(['APLPMLRARA'])
  })

  test.each([
    [['Lung Cancer'], 'NSCLC', 'Mixed small cell and non-small cell lung cancer histology', ['CSCLC']],
    [['Lung Cancer'], 'NSCLC', 'Small cell, neuroendocrine or sarcomatoid components', ['LNET', 'SARCL', 'SCLC']],
    [['Lung Cancer'], 'NSCLC', 'Neuroendocrine tumor (even of mixed histology)', ['LNET']],
    [['Melanoma'], 'Melanoma', 'Ocular or mucosal melanoma', ['ANY_MUCOSAL_MELANOMA', 'OM']],
    [['Solid Tumor'], 'Any solid tumour', 'Known primary CNS tumor', ['BRAIN']],
    [['Lymphoma'], 'DLBCL', 'DLBCL arising from CLL, composite lymphoma (with Hodgkin lymphoma)', []],
    [['AML'], 'AML', 'Active malignancy; basal cell carcinoma of the skin is no malignancy here', []],
    [['Breast Cancer'], 'Breast cancer', 'Metastatic disease or inflammatory breast cancer', ['IBC']],
    [['Lung Cancer'], 'NSCLC', 'Mixed small-cell and non-small-cell features', ['CSCLC']],
    [['Lung Cancer'], 'NSCLC', 'Adenosquamous carcinoma', ['LUAS']],
    [['Lung Cancer'], 'NSCLC', 'Prior chemotherapy for adenocarcinoma of the lung', []],
    [['Lung Cancer'], 'NSCLC', 'Presence of small cell lung cancer or other unfavourable tumour components', ['SCLC']],
    [['Prostate Cancer'], 'Prostate cancer', 'Other histologic types of prostate cancer such as small cell', ['PRSCC']],
    [['Prostate Cancer'], 'Prostate cancer', 'Another cancer within 5 years such as small cell lung cancer', []],
    [
      ['Multiple Myeloma'],
      'Myeloma',
      'Concurrent amyloidosis, POEMS syndrome or plasma cell leukemia, whatever the extent of the disease at screening',
      ['MIDDA', 'X_PLASMA_CELL_LEUKEMIA', 'X_POEMS'],
    ],
    [
      ['Lymphoma'],
      'Follicular lymphoma',
      'Burkitt lymphoma, primary CNS lymphoma, Waldenstrom macroglobulinemia',
      ['BL', 'PCNSL', 'WM'],
    ],
    [['Lymphoma'], 'Follicular lymphoma', 'CNS involvement by Burkitt lymphoma', []],
    [['Melanoma'], 'Melanoma', 'Metastatic uveal melanoma', ['UM']],
    [['Head and Neck Cancer'], 'HNSCC', 'Primary sites in the nasopharynx or salivary gland', ['NPC', 'SACA']],
    [
      ['Head and Neck Cancer'],
      'HNSCC of the larynx',
      'Cancer outside of the larynx such as nasopharynx cancer',
      ['NPC'],
    ],
    [['Head and Neck Cancer'], 'HNSCC', 'Earlier radiation of the nasopharynx', []],
    [
      ['Ovarian Cancer'],
      'Ovarian cancer',
      'Mucinous, low-grade serous or borderline histology',
      ['LGSOC', 'MOV', 'SBOV'],
    ],
    [['Glioma'], 'Glioma', 'Malignant hepatic tumour', []],
    [['Solid Tumor'], 'Solid tumours (except pancreatic or gastric)', 'Pregnancy', ['PANCREAS', 'STAD']],
    [['Solid Tumor'], 'Solid tumours (except untreated)', 'Pregnancy', []],
    [['Solid Tumor'], 'Solid tumours (pancreatic or gastric)', 'Pregnancy', []],
    [['Solid Tumor'], 'Solid tumour', 'Primary central nervous system (CNS) malignancy', ['BRAIN']],
    [['Solid Tumor'], 'Solid tumour', 'Untreated central nervous system (CNS) metastases', []],
    [['Glioblastoma'], 'Glioblastoma without spread remains eligible\n  * Kinds: gliosarcoma', 'Pregnancy', []],
    [['Glioblastoma'], 'Glioblastoma without:\n  * Gliosarcoma', 'Pregnancy', ['GSARC']],
    [['Biliary Tract Cancer'], 'Biliary tract cancer', 'Ampullary cancer', ['AMPCA']],
    [['AML'], 'AML (excluding APL) with one of the following:', 'Pregnancy', ['APLPMLRARA']],
  ])('%s, %s, but not %s', (conditions, inclusion, exclusion, expected) => {
    expect(codes(about(conditions, inclusion, exclusion), 'excluded')).toEqual(expected)
  })

  test.each([
    ['Basket of treatment X in solid tumours', ['Melanoma', 'Sarcoma'], 'Age of 18', true],
    ['Basket of treatment X in solid tumours', ['Melanoma', 'NSCLC'], 'Melanoma or NSCLC', false],
    ['Treatment X in solid tumours', ['Melanoma', 'Sarcoma'], 'Age of 18', false],
    ['Basket of treatment X', ['Melanoma', 'Sarcoma'], 'Age of 18', false],
  ])('%s, %s, %s: taken whole %s', (briefTitle, conditions, inclusion, whole) => {
    expect(codes({ ...about(conditions, inclusion), briefTitle }).includes('ANY_SOLID')).toBe(whole)
  })

  test.each([
    ['DIPG and recurrent brain tumours', ['Brain Tumor', 'DIPG', 'Ependymoma'], 'Age of 18', true],
    ['DIPG and recurrent brain tumours', ['Brain Tumor', 'DIPG', 'Ependymoma'], 'Confirmed ependymoma', false],
    ['DIPG', ['Brain Tumor', 'DIPG', 'Ependymoma'], 'Age of 18', false],
  ])('%s, %s, %s: taken whole %s', (briefTitle, conditions, inclusion, whole) => {
    expect(codes({ ...about(conditions, inclusion), briefTitle }).includes('BRAIN')).toBe(whole)
  })

  test('tests asked for of non-squamous tumours only rule nothing out', () => {
    const input = about(['Lung Cancer'], 'Metastatic NSCLC. Tests of EGFR are required for all non-squamous tumours')
    expect(codes(input, 'excluded')).toEqual([])
  })

  test('non-squamous lung cancer rules squamous histology out', () => {
    expect(codes(about(['Lung Cancer'], 'Non-squamous NSCLC'), 'excluded')).toEqual(['LUSC'])
  })
})

describe('stages and settings', () => {
  const stages = (inclusion: string) =>
    readKind(about(['Lung Cancer'], inclusion), 'stage').flatMap(({ anyOf }) => anyOf)

  test.each([
    ['Stage IIIB/IIIC or IV NSCLC', ['IIIB', 'IIIC', 'IV']],
    ['Locally advanced or metastatic lung cancer', ['locally_advanced', 'metastatic']],
    ['Cancer du poumon de stade III', ['III']],
    ['No prior therapy for metastatic lung cancer', []],
  ])('%s', (inclusion, expected) => {
    expect(stages(inclusion)).toEqual(expected)
  })
})
