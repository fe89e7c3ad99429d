import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/**
 * The shell first: Chromium without a window to draw, which Playwright's own is too. A whole one
 * starts pages for windows nobody sees and takes half as much processor again, or more.
 */
const places = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** Flags without which Chromium refuses root, or calls home while it starts. */
export const browserFlags = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * A Chromium to test with: the machine's, else Debian's package where apt is at hand, else the
 * one Playwright brings. Undefined means Playwright's own default.
 */
export function findBrowser(say: (line: string) => void): string | undefined {
  const found = installed();
  if (found) return found;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    say("Installing Chromium (Debian's package)…");
    spawnSync("apt-get", ["update", "-qq"], { stdio: "ignore" });
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    for (const name of ["chromium-headless-shell", "chromium"]) {
      const args = ["install", "-y", "-qq", "--no-install-recommends", name];
      spawnSync("apt-get", args, { stdio: "ignore", env });
      if (installed()) return installed();
    }
  }
  say("Installing Playwright's Chromium…");
  const args = ["node_modules/@playwright/test/cli.js", "install", "chromium"];
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) {
    throw new Error("No Chromium to test with. Install one, or set CHROMIUM_PATH to it.");
  }
  return undefined;
}

/** The Chromium this machine has, if any. */
export function installed(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  return chosen || places.find((place) => existsSync(place));
}
