import { expect, test } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "#lib/web/security-headers";

const around = {
  nonce: "abc",
  isSecure: true,
  isDevelopment: false,
  stripeApiBase: undefined,
};

function directive(policy: string, name: string): string[] {
  const found = policy.split("; ").find((part) => part.startsWith(`${name} `));
  return found?.split(" ").slice(1) ?? [];
}

test("no script runs without this answer's nonce", () => {
  const script = directive(contentSecurityPolicy(around), "script-src");
  expect(script).toContain("'nonce-abc'");
  expect(script).toContain("'strict-dynamic'");
  expect(script).not.toContain("'unsafe-inline'");
  expect(script).not.toContain("'unsafe-eval'");
});

test("nothing frames us, moves our base or loads a plug-in", () => {
  const policy = contentSecurityPolicy(around);
  expect(directive(policy, "frame-ancestors")).toEqual(["'none'"]);
  expect(directive(policy, "base-uri")).toEqual(["'none'"]);
  expect(directive(policy, "object-src")).toEqual(["'none'"]);
});

test("style elements need the nonce; only attributes are free", () => {
  const policy = contentSecurityPolicy(around);
  expect(directive(policy, "style-src")).not.toContain("'unsafe-inline'");
  expect(directive(policy, "style-src-attr")).toEqual(["'unsafe-inline'"]);
});

test("Stripe's own addresses are let in with real keys only", () => {
  const local = contentSecurityPolicy({ ...around, stripeApiBase: "http://127.0.0.1:12111" });
  expect(contentSecurityPolicy(around)).toContain("https://connect-js.stripe.com");
  expect(local).not.toContain("stripe.com");
  expect(directive(local, "form-action")).toEqual(["'self'", "http://127.0.0.1:12111"]);
  expect(directive(local, "frame-src")).toEqual(["http://127.0.0.1:12111"]);
});

test("https is remembered, and promised only where there is https", () => {
  expect(securityHeaders(around)).toHaveProperty("strict-transport-security");
  expect(securityHeaders({ ...around, isSecure: false })).not.toHaveProperty(
    "strict-transport-security",
  );
});
