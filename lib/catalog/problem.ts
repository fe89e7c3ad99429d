/**
 * What is wrong with a draft, where, and how to mend it. `save`: it is no price at all and is not
 * kept. `publish`: it may wait in the draft, but nobody can be sold it.
 */
export type DraftProblem = { field: string; message: string; blocks: "save" | "publish" };
export type Report = (field: string, message: string, blocks?: DraftProblem["blocks"]) => void;

/** What somebody wrote, short enough to say back. */
export function said(text: string): string {
  const short = text.length > 24 ? `${text.slice(0, 24)}…` : text;
  return short === "" ? "nothing" : `“${short}”`;
}
