import { expect, test } from "vitest";
import { nextPath } from "#lib/web/next-path";

test.each(["/northbeam", "/northbeam/billing?plan=pro#top", "/invitations/abc"])(
  "%s is a path of ours",
  (path) => expect(nextPath(path, "/")).toBe(path),
);

test.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example",
  "javascript:alert(1)",
  "/\t/evil.example",
  "",
  undefined,
  ["/a", "/b"],
])("%j leads nowhere else", (asked) => {
  const path = nextPath(asked as never, "/home");
  expect(new URL(path, "http://own.example").origin).toBe("http://own.example");
  expect(path.startsWith("//")).toBe(false);
});
