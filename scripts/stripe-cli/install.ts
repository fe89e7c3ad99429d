import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The version the report is made with. */
export const cliVersion = "1.52.0";

/** Installs Stripe's CLI from npm into a folder of its own, once, and answers where it is. Nobody
 *  who only runs Lockstep pays for its 31 MB. */
export function installCli(folder: string): string {
  const binary = join(folder, "node_modules", ".bin", "stripe");
  if (existsSync(binary)) return binary;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  const flags = ["--no-audit", "--no-fund", "--loglevel=error"];
  execFileSync("npm", ["install", "-E", `@stripe/cli@${cliVersion}`, ...flags], {
    ...{ cwd: folder, stdio: ["ignore", "ignore", "inherit"] },
  });
  return binary;
}
