import { z } from "zod";

/** One thing found: what it is, its name, and where it opens. */
export type Found = {
  kind: "page" | "member" | "invoice" | "tenant" | "event" | "plan" | "subscription";
  label: string;
  detail: string;
  href: string;
};
export type SearchResult = { items: Found[] };

export const searchQuery = z.object({ q: z.string().trim().max(100).default("") });

/** Pages whose name or words contain what was typed; all of them while nothing is. */
export function findPages(pages: readonly (Found & { words?: string })[], q: string): Found[] {
  const wanted = q.toLowerCase();
  return pages
    .filter(({ label, words = "" }) => `${label} ${words}`.toLowerCase().includes(wanted))
    .map(({ words: _, ...page }) => page);
}
