import { expect, test } from "vitest";
import { readAddresses } from "#components/team/read-addresses";

test("addresses are read however they are separated, each once", () => {
  const text =
    "Ada@example.com, jo@example.com;kim@example.com\n <ada@example.com>\tlee@example.com ";
  expect(readAddresses(text)).toEqual({
    addresses: ["ada@example.com", "jo@example.com", "kim@example.com", "lee@example.com"],
    bad: [],
  });
});

test("what is no address is named, and the rest still counts", () => {
  expect(readAddresses("jo@example.com bad also@bad @bad.example")).toEqual({
    addresses: ["jo@example.com"],
    bad: ["bad", "also@bad", "@bad.example"],
  });
});

test("nothing typed is nobody invited", () => {
  expect(readAddresses(" ,;\n")).toEqual({ addresses: [], bad: [] });
});
