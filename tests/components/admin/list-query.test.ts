import { expect, test } from "vitest";
import { readQuery } from "#components/admin/list-query";
import { inboxQuery } from "#lib/overview/list-inbox-events";
import { platformAuditQuery } from "#lib/tenancy/input";

test("filters come from the address as the read takes them", () => {
  const query = readQuery(inboxQuery, { status: "dead", type: "invoice", q: "" });
  expect(query).toEqual({ status: "dead", type: "invoice" });
});

test("a link with a filter that means nothing still opens, with the others kept", () => {
  const query = readQuery(inboxQuery, { status: "asleep", type: "invoice", colour: "red" });
  expect(query).toEqual({ type: "invoice" });
});

test("a filter given twice is left out, because it says nothing clear", () => {
  expect(readQuery(inboxQuery, { type: ["invoice", "charge"] })).toEqual({});
});

test("what a read assumes by itself is assumed for a broken link too", () => {
  const query = readQuery(platformAuditQuery, { limit: "-1", chain: "platform" });
  expect(query).toEqual({ chain: "platform", limit: 50 });
});
