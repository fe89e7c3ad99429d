import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { routes } from "#sandbox/resources/routes";

const knownRoutes = JSON.parse(
  readFileSync("sandbox/protocol/stripe-routes.json", "utf8"),
) as string[];
const folder = "node_modules/stripe/esm/resources";

function filesIn(place: string): string[] {
  return readdirSync(place).flatMap((name) => {
    const path = join(place, name);
    if (statSync(path).isDirectory()) return filesIn(path);
    return path.endsWith(".js") ? [path] : [];
  });
}

/** Every URL the installed SDK can call. */
function routesOfSdk(): string[] {
  const call = /_makeRequest\('([A-Z]+)',\s*(['`])([^'`]+)\2/g;
  const found = filesIn(folder).flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(call)].map(([, method, , path = ""]) => {
      return `${method} ${path.replaceAll(/\$\{encodeURIComponent\(\w+\)\}/g, ":id")}`;
    }),
  );
  return [...new Set(found)].sort();
}

test("the known routes are those of the installed SDK", () => {
  expect(knownRoutes).toEqual(routesOfSdk());
});

/** URLs that objects carry and the SDK follows, or a person opens, without a method of its own. */
const linked = [
  ...["GET /v1/charges/:id/refunds", "GET /v1/files/:id/contents"],
  // What Stripe's own Checkout page and its CLI call.
  ...["GET /v1/payment_pages/:id", "POST /v1/payment_pages/:id/confirm"],
];

test("everything built is a route the SDK calls", () => {
  const known = [...knownRoutes, ...linked];
  const others = Object.keys(routes).filter((route) => !known.includes(route));
  expect(others).toEqual([]);
});
