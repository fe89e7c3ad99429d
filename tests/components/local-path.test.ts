import fc from "fast-check";
import { expect, test } from "vitest";
import { localPath } from "#lib/web/local-path";

test("a path of our own is gone on to as it is", () => {
  expect(localPath("/northbeam/billing?plan=pro&seats=3#top")).toBe(
    "/northbeam/billing?plan=pro&seats=3#top",
  );
  expect(localPath("/sign-up?company=1")).toBe("/sign-up?company=1");
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  "/a/..//evil.example",
  "javascript:alert(1)",
  "northbeam",
  "",
  "/api/auth/signout",
  "/sign-in?next=/sign-in",
])("%j is nowhere to go on to", (wanted) => {
  expect(localPath(wanted)).toBeUndefined();
});

test("what is not one string is nowhere to go on to", () => {
  for (const wanted of [undefined, null, 7, ["/a", "/b"], {}]) {
    expect(localPath(wanted)).toBeUndefined();
  }
});

test("whatever is sent, going on never leaves our address", () => {
  const piece = fc.constantFrom(
    "/",
    "\\",
    "..",
    ".",
    ":",
    "@",
    "evil.example",
    "%2f",
    "\t",
    "?",
    "#",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = localPath(`/${pieces.join("")}`);
      if (path === undefined) return;
      expect(new URL(path, "https://lockstep.example").origin).toBe("https://lockstep.example");
    }),
    { numRuns: 2000 },
  );
});
