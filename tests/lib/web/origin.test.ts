import { expect, test } from "vitest";
import { callerAddress, limitedAddress, requireSameOrigin, traceOf } from "#lib/web/origin";

const own = "https://billing.example.com";

function write(headers: Record<string, string>, method = "POST"): Request {
  return new Request(`${own}/api/v1/x`, { method, headers });
}

test.each([
  [{ "sec-fetch-site": "same-origin", origin: own }],
  [{ origin: own, cookie: "a=1" }],
  [{}],
])("a write of our own page or of a machine passes: %j", (headers) => {
  expect(() => requireSameOrigin(write(headers as Record<string, string>), own)).not.toThrow();
});

test.each([
  [{ "sec-fetch-site": "cross-site", origin: "https://evil.example" }],
  [{ "sec-fetch-site": "same-site", origin: "https://other.example.com" }],
  [{ "sec-fetch-site": "cross-site", origin: own }],
  [{ "sec-fetch-site": "none", cookie: "a=1" }],
  [{ origin: "https://evil.example" }],
  [{ origin: "http://billing.example.com" }],
  [{ origin: "https://billing.example.com.evil.example" }],
  [{ origin: "null" }],
  [{ cookie: "a=1" }],
])("a write from elsewhere is refused: %j", (headers) => {
  const forged = () => requireSameOrigin(write(headers as Record<string, string>), own);
  expect(forged).toThrow(expect.objectContaining({ code: "forbidden" }));
});

test("reading needs no origin", () => {
  const read = write({ "sec-fetch-site": "cross-site", cookie: "a=1" }, "GET");
  expect(() => requireSameOrigin(read, own)).not.toThrow();
});

test.each([
  ["10.0.0.1", 0, "10.0.0.1"],
  ["6.6.6.6, 10.0.0.1", 0, "10.0.0.1"],
  ["6.6.6.6, 8.8.8.8, 10.0.0.1", 1, "8.8.8.8"],
  ["8.8.8.8, 10.0.0.2, 10.0.0.1", 2, "8.8.8.8"],
  ["10.0.0.1", 3, "10.0.0.1"],
  ["::ffff:127.0.0.1", 0, "127.0.0.1"],
  ["", 0, undefined],
])("of %j with %d trusted proxies the caller is %s", (forwarded, trusted, caller) => {
  expect(callerAddress(new Headers({ "x-forwarded-for": forwarded }), trusted)).toBe(caller);
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:DB8:1:2::ffff", "2001:db8:1:2::/64"],
  ["2001:0db8:0001:0002:0000::1", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:1::", "2001:db8:1:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
  ["::ffff:c000:201", "::ffff:c000:201"],
  ["not an address", "not an address"],
  [undefined, "unknown"],
])("limits count %s as %s", (ip, counted) => {
  expect(limitedAddress(ip)).toBe(counted);
});

test("a trace is taken from traceparent, and only from a well-formed one", () => {
  const id = "4bf92f3577b34da6a3ce929d0e0e4736";
  expect(traceOf(new Headers({ traceparent: `00-${id}-00f067aa0ba902b7-01` }))).toBe(id);
  expect(traceOf(new Headers({ traceparent: `00-${id}'; drop-01` }))).toBeUndefined();
  expect(traceOf(new Headers())).toBeUndefined();
});
