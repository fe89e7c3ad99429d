import type { DraftForm } from "#components/plans/draft-form";

/** What was typed and not saved, as this browser keeps it. */
export type KeptDraft = { revision: number; at: string; form: DraftForm };

const nameOf = (versionId: string) => `lockstep:draft:${versionId}`;

/** Keeps what is typed through a closed tab or a lost session. A full or shut store loses nothing
 *  that is on the page. */
export function keepDraft(versionId: string, kept: KeptDraft): void {
  try {
    localStorage.setItem(nameOf(versionId), JSON.stringify(kept));
  } catch {}
}

export function forgetDraft(versionId: string): void {
  try {
    localStorage.removeItem(nameOf(versionId));
  } catch {}
}

/** What was kept, unless it is another shape than this editor writes. */
export function keptDraft(versionId: string): KeptDraft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(nameOf(versionId)) ?? "null") as KeptDraft | null;
    return kept && Array.isArray(kept.form?.components) && Array.isArray(kept.form.offers)
      ? kept
      : undefined;
  } catch {
    return undefined;
  }
}
