import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeLifecycle } from "#lib/billing/change";
import { wordsFor } from "#lib/overview/words";

const files = readdirSync("lib", { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.startsWith(join("db", "generated")))
  .map((name) => readFileSync(join("lib", name), "utf8"));

/** What a person does by a verb that asks for a permission, by the verb's kind. */
function actsOf(asking: RegExp): string[] {
  const asked = files.filter((text) => asking.test(text));
  const named = asked.flatMap((text) => [...text.matchAll(/transact\(\w+, "([\w.-]+)"/g)]);
  return [...new Set(named.map(([, action]) => action!))];
}

const events = new Set(Object.values(changeLifecycle).flatMap((to) => Object.keys(to)));
const changes = [...events].map((event) => `billing.${event}-change`);

test("what people do has words of its own in the log of what happened", () => {
  const acts = [...actsOf(/\brequire(Permission|Platform)\(/), ...changes];
  expect(acts.length).toBeGreaterThan(40);
  const bare = (action: string) => action.replace(/^.*\./, "").replaceAll(/[-_]/g, " ");
  expect(acts.filter((action) => wordsFor(action) === bare(action))).toEqual([]);
});

test("what is done in a workspace has words in the reader's language", () => {
  const messages = JSON.parse(readFileSync("lib/web/messages/en/tenant.json", "utf8"));
  const words = messages.actions as Record<string, Record<string, string>>;
  const lacks = [...actsOf(/\brequirePermission\(/), ...changes].filter((action) => {
    const [domain = "", act = ""] = action.split(".");
    return words[domain]?.[act] === undefined;
  });
  expect(lacks).toEqual([]);
});
