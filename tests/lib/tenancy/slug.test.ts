import { readdirSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { reservedSlugs } from "#lib/tenancy/reserved-slugs";
import {
  isReservedSlug,
  makeSlug,
  slugCandidates,
  slugForm,
  slugLength,
  suffixed,
} from "#lib/tenancy/slug";

test.each([
  ["Northbeam", "northbeam"],
  ["  Café Müller & Söhne GmbH ", "cafe-muller-and-sohne-gmbh"],
  ["O'Brien’s", "obriens"],
  ["Straße 9", "strasse-9"],
  ["株式会社", "workspace"],
  ["X", "x-workspace"],
  ["--- ---", "workspace"],
  ["ﬁne Łódź", "fine-lodz"],
])("%s becomes %s", (name, slug) => expect(makeSlug(name)).toBe(slug));

test("whatever the name, the slug has the form and length the database asks for", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 120 }), (name) => {
      const slug = makeSlug(name);
      expect(slug).toMatch(slugForm);
      expect(slug.length).toBeLessThanOrEqual(slugLength.max);
      expect(makeSlug(slug)).toBe(slug);
    }),
    { numRuns: 2000 },
  );
});

test("every candidate has the form too, differs from the others, and is not reserved", () => {
  const name = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom(...reservedSlugs));
  fc.assert(
    fc.property(name, (word) => {
      const candidates = slugCandidates(makeSlug(word));
      expect(new Set(candidates).size).toBe(candidates.length);
      for (const candidate of candidates) {
        expect(candidate).toMatch(slugForm);
        expect(candidate.length).toBeLessThanOrEqual(slugLength.max);
        expect(isReservedSlug(candidate)).toBe(false);
      }
    }),
  );
});

test("an ending is kept whole however long the slug", () => {
  expect(suffixed("a".repeat(40), "123456")).toBe(`${"a".repeat(33)}-123456`);
});

test("the first part of every address of ours is reserved", () => {
  const ours = firstSegments("app");
  expect(ours).toContain("admin");
  expect(ours.filter((word) => !isReservedSlug(word))).toEqual([]);
});

/** The folders that become addresses: all but [parameters], looking inside (groups). */
function firstSegments(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || /^[[_]/.test(entry.name)) return [];
    return entry.name.startsWith("(") ? firstSegments(`${folder}/${entry.name}`) : [entry.name];
  });
}
