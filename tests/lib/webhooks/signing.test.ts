import { expect, test } from "vitest";
import { newSigningSecret, openSecret, sealSecret } from "#lib/webhooks/signing";

const platformSecret = "a".repeat(32);

test("a secret is kept sealed, and opens again", () => {
  const secret = newSigningSecret();
  const sealed = sealSecret(secret, "one", platformSecret);
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  expect(sealed).not.toContain(secret.slice(6));
  expect(openSecret(sealed, "one", platformSecret)).toBe(secret);
});

test("a sealed secret opens for no other endpoint, under no other key, and not once altered", () => {
  const sealed = sealSecret(newSigningSecret(), "one", platformSecret);
  const altered = Buffer.from(sealed, "base64");
  altered[40]! ^= 1;
  expect(() => openSecret(sealed, "two", platformSecret)).toThrow();
  expect(() => openSecret(sealed, "one", "b".repeat(32))).toThrow();
  expect(() => openSecret(altered.toString("base64"), "one", platformSecret)).toThrow();
});

test("the same secret is never sealed the same way twice", () => {
  const secret = newSigningSecret();
  expect(sealSecret(secret, "one", platformSecret)).not.toBe(
    sealSecret(secret, "one", platformSecret),
  );
});
