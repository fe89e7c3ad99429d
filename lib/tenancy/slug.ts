import { reservedSlugs } from "#lib/tenancy/reserved-slugs";

export const slugLength = { min: 2, max: 40 } as const;

/** The form the database holds slugs to: words of letters and digits, joined by single hyphens. */
export const slugForm = /^[a-z0-9](-?[a-z0-9])+$/;

/** Letters that lose their mark by no decomposition. */
const plain: Record<string, string> = {
  ...{ ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i" },
  ...{ "&": " and ", "@": " at ", "+": " plus " },
};

/**
 * The slug a name suggests: "Café Müller & Söhne" is "cafe-muller-and-sohne". Always of the form
 * the database asks for; a name without a Latin letter or digit gives "workspace".
 */
export function makeSlug(name: string): string {
  const latin = [...name.toLowerCase()].map((letter) => plain[letter] ?? letter).join("");
  const words = latin
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const slug = words.join("-").slice(0, slugLength.max).replace(/-$/, "");
  if (slug.length >= slugLength.min) return slug;
  return slug ? `${slug}-workspace` : "workspace";
}

export function isReservedSlug(slug: string): boolean {
  return reservedSlugs.has(slug);
}

/** The slug itself, then numbered ones, in the order to try them; none is reserved. */
export function slugCandidates(slug: string, count = 30): string[] {
  const numbered = Array.from({ length: count }, (_, index) => suffixed(slug, String(index + 2)));
  return [slug, ...numbered].filter((candidate) => !isReservedSlug(candidate));
}

/** The slug with an ending, within the length a slug may have. */
export function suffixed(slug: string, ending: string): string {
  return `${slug.slice(0, slugLength.max - ending.length - 1).replace(/-$/, "")}-${ending}`;
}
