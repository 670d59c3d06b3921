/** Codons of an exon, both included. */
interface Exon {
  exon: number
  from: number
  to: number
}

/**
 * Exons that criteria name, as codons of the protein (RefSeq Select transcripts: EGFR NM_005228, ERBB2 NM_004448,
 * KIT NM_000222, PDGFRA NM_006206, KRAS NM_004985, NRAS NM_002524, HRAS NM_005343, BRAF NM_004333, MET NM_000245,
 * PIK3CA NM_006218, JAK2 NM_004972, CTNNB1 NM_001904). A codon split between two exons is counted with the first.
 */
const EXONS: Record<string, readonly Exon[]> = {
  EGFR: [
    { exon: 18, from: 688, to: 728 },
    { exon: 19, from: 729, to: 761 },
    { exon: 20, from: 762, to: 823 },
    { exon: 21, from: 824, to: 875 },
  ],
  ERBB2: [
    { exon: 19, from: 737, to: 769 },
    { exon: 20, from: 770, to: 831 },
    { exon: 21, from: 832, to: 883 },
  ],
  KIT: [
    { exon: 9, from: 449, to: 514 },
    { exon: 11, from: 550, to: 592 },
    { exon: 13, from: 627, to: 664 },
    { exon: 14, from: 665, to: 714 },
    { exon: 17, from: 788, to: 828 },
  ],
  PDGFRA: [
    { exon: 12, from: 552, to: 596 },
    { exon: 18, from: 814, to: 854 },
  ],
  KRAS: [
    { exon: 2, from: 1, to: 37 },
    { exon: 3, from: 38, to: 97 },
    { exon: 4, from: 98, to: 150 },
  ],
  NRAS: [
    { exon: 2, from: 1, to: 37 },
    { exon: 3, from: 38, to: 97 },
    { exon: 4, from: 98, to: 150 },
  ],
  HRAS: [
    { exon: 2, from: 1, to: 37 },
    { exon: 3, from: 38, to: 97 },
  ],
  BRAF: [
    { exon: 11, from: 439, to: 478 },
    { exon: 15, from: 581, to: 620 },
  ],
  MET: [{ exon: 14, from: 963, to: 1010 }],
  PIK3CA: [
    { exon: 10, from: 514, to: 555 },
    { exon: 21, from: 979, to: 1068 },
  ],
  JAK2: [
    { exon: 12, from: 505, to: 547 },
    { exon: 14, from: 593, to: 622 },
  ],
  CTNNB1: [{ exon: 3, from: 5, to: 80 }],
}

/** Whether criteria name this exon of the gene. */
export function namesExon(gene: string, exon: number): boolean {
  return EXONS[gene]?.some((one) => one.exon === exon) ?? false
}

/** The exon of a gene in which a codon lies; null where we do not say. */
export function exonOfCodon(gene: string, codon: number): number | null {
  return EXONS[gene]?.find(({ from, to }) => codon >= from && codon <= to)?.exon ?? null
}
