import { createHmac } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { verifySignature } from "#lib/stripe/verify";

const secret = "whsec_current";
const now = new Date("2026-11-20T12:00:00Z");
const body = JSON.stringify({ id: "evt_1", object: "event", type: "invoice.paid" });

function sign(text: string, key = secret, at = now): string {
  const t = Math.floor(at.getTime() / 1000);
  return `t=${t},v1=${createHmac("sha256", key).update(`${t}.${text}`).digest("hex")}`;
}

test("what Stripe signed is genuine, with any secret in use", () => {
  expect(verifySignature(body, sign(body), [secret], now)).toBe("genuine");
  expect(verifySignature(body, sign(body, "whsec_old"), [secret, "whsec_old"], now)).toBe(
    "genuine",
  );
  expect(verifySignature(Buffer.from(body), sign(body), [secret], now)).toBe("genuine");
});

test("another secret, or none, is forged", () => {
  expect(verifySignature(body, sign(body, "whsec_other"), [secret], now)).toBe("forged");
  expect(verifySignature(body, sign(body), [], now)).toBe("forged");
});

test("five minutes either way are allowed, and not a second more", () => {
  const aged = (seconds: number) => {
    const at = new Date(now.getTime() - seconds * 1000);
    return verifySignature(body, sign(body, secret, at), [secret], now);
  };
  expect([aged(300), aged(-300), aged(301), aged(-301)]).toEqual([
    "genuine",
    "genuine",
    "stale",
    "stale",
  ]);
});

test("a header that is missing, empty or of another scheme is unsigned", () => {
  for (const header of [
    null,
    undefined,
    "",
    "t=1",
    "v1=ab",
    "t=x,v1=00",
    sign(body).replace("v1", "v0"),
  ]) {
    expect(verifySignature(body, header, [secret], now)).toBe("unsigned");
  }
});

test("of 10,000 changed bodies and headers none is genuine", () => {
  const header = sign(body);
  fc.assert(
    fc.property(fc.boolean(), fc.nat(), fc.integer({ min: 1, max: 255 }), (isBody, at, flip) => {
      const bytes = Buffer.from(isBody ? body : header);
      const place = at % bytes.length;
      bytes[place] = bytes[place]! ^ flip;
      const verdict = isBody
        ? verifySignature(bytes, header, [secret], now)
        : verifySignature(body, bytes.toString("latin1"), [secret], now);
      // A change the header's grammar does not care about would leave it as it was.
      return verdict !== "genuine";
    }),
    { numRuns: 10_000 },
  );
});
