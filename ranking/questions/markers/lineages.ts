import { type Lineage, lineageOf } from '../../../domain/vocabulary/biomarkers/relations.ts'

/** By gene, then by name: what trials state of genes. Nothing that a person told is ever written here. */
const stated = new Map<string, Map<string, Lineage>>()

/** Write down the lineage of what a trial states of a gene, because every question about the gene asks for it. */
export function rememberLineage(gene: string, name: string): void {
  const ofGene = stated.get(gene) ?? new Map<string, Lineage>()
  if (!ofGene.has(name)) ofGene.set(name, lineageOf(gene, name))
  stated.set(gene, ofGene)
}

/** The lineage of what is said of a gene: read where a trial states the same, else worked out. */
export const lineage = (gene: string, name: string): Lineage => stated.get(gene)?.get(name) ?? lineageOf(gene, name)
