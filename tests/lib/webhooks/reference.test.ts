import { expect, test } from "vitest";
import { readReference } from "#lib/webhooks/reference";

test("a reference is read as an address carries it, and what none can be is none", () => {
  expect(readReference("charge%3Ach_1%3Asucceeded")).toBe("charge:ch_1:succeeded");
  expect(readReference("charge:ch_1:succeeded")).toBe("charge:ch_1:succeeded");
  expect(readReference("%E0%A4%A")).toBeUndefined();
  expect(readReference("%00")).toBeUndefined();
  expect(readReference("charge%3Ach_1%00")).toBeUndefined();
});
