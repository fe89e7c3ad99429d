import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "@playwright/test";
import { browserFlags, findBrowser } from "#scripts/browser";
import { componentShots } from "#scripts/shots/component-shots";
import { contactSheet } from "#scripts/shots/contact-sheet";
import { lookAt, type Seen } from "#scripts/shots/look";
import { folderOf, pages, type Viewer, views } from "#scripts/shots/pages";
import { demo, type SignedIn, signIn } from "#scripts/shots/sign-in";

/**
 * `npm run shots` signs in to a running demo and saves every page at both widths and in both
 * themes to shots/<width>-<theme>/, with one index.html over them all. `--url` names another
 * address, `--only` a part of the pages' names; `--components` takes each of Stripe's embedded
 * components by itself instead. Fails where a page did.
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: `http://127.0.0.1:${process.env.PORT || 3000}` },
    only: { type: "string", default: "" },
    components: { type: "boolean", default: false },
    out: { type: "string", default: "shots" },
  },
});
const { url, out } = values;
const executablePath = findBrowser(console.log);
const browser = await chromium.launch({
  args: browserFlags,
  ...(executablePath && { executablePath }),
});

try {
  const seen = await lookAtEverything();
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "index.html"), contactSheet(seen));
  report(seen);
} finally {
  await browser.close();
}

async function lookAtEverything(): Promise<Seen[]> {
  const seen: Seen[] = [];
  for (const viewer of Object.keys(pages) as Viewer[]) {
    const all = values.components ? componentShots(viewer) : pages[viewer];
    const shots = all.filter(({ name }) => name.includes(values.only));
    if (shots.length === 0) continue;
    const signedIn = viewer === "visitor" ? undefined : await enter(viewer);
    for (const view of views) {
      const looked = await lookAt(shots, { browser, url, folder: out, view, viewer: signedIn });
      console.log(`${viewer.padEnd(9)} ${folderOf(view).padEnd(11)} ${shots.length} pages`);
      for (const { file, faults } of looked) {
        if (faults.length) console.log(`  ✗ ${file}: ${faults.join("; ")}`);
      }
      seen.push(...looked);
    }
  }
  return seen;
}

/** A tenant's pages lie under its slug, which signing in leads to. */
function enter(viewer: Exclude<Viewer, "visitor">): Promise<SignedIn> {
  return signIn(browser, url, demo[viewer]);
}

function report(seen: readonly Seen[]): void {
  const wrong = seen.filter(({ faults }) => faults.length > 0);
  console.log(`\n${seen.length} pictures, ${wrong.length} with faults. Open ${out}/index.html.`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
