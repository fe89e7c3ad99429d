import { expect, test } from "vitest";
import { decodeCursor, encodeCursor } from "#lib/keyset";

const at = new Date("2026-11-21T10:00:00.123Z");

test("a cursor says again what it was made of", () => {
  expect(decodeCursor(encodeCursor({ at, id: "py_1" }))).toEqual({ at, id: "py_1" });
});

test("a cursor that nobody made is refused by its field, whatever a database would say of it", () => {
  const made = (text: string) => Buffer.from(text).toString("base64url");
  const others = [
    ...["", "%%%", made("tomorrow py_1"), made(at.toISOString())],
    ...[made("-271821-04-20T00:00:00.000Z py_1"), made("+275760-09-13T00:00:00.000Z py_1")],
    made(`${at.toISOString()} py_\0`),
  ];
  for (const cursor of others) {
    expect(() => decodeCursor(cursor), cursor).toThrow(
      expect.objectContaining({ code: "invalid", field: "cursor" }),
    );
  }
});
