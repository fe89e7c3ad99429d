import { accessSync, constants, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { installed as installedBrowser } from "#scripts/browser";
import { type Check, fault, fine, type Outcome, skipped } from "#scripts/doctor/check";

/** What the machine itself must bring. */
export const machineChecks: Check[] = [
  { name: "Node", run: () => [checkNode(process.versions.node)] },
  { name: "Packages", run: () => [checkPackages()] },
  { name: "Data folder", run: ({ dataFolder }) => [checkFolder(dataFolder)] },
  { name: "Chromium", run: () => [checkBrowser()] },
];

/** Scripts run on the Node 24 of the package; older ones cannot run TypeScript as it is. */
export function checkNode(version: string): Outcome {
  const major = Number(version.split(".")[0]);
  if (major >= 24) return fine(version);
  return fault(
    `${version}, and Lockstep runs on 24`,
    "run it as npm run doctor, which uses the Node 24 of node_modules",
  );
}

function checkPackages(): Outcome {
  const { dependencies = {}, devDependencies = {} } = readJson("package.json");
  const wanted = Object.entries({ ...dependencies, ...devDependencies }) as [string, string][];
  const wrong = wanted.filter(([name, version]) => {
    const path = join("node_modules", name, "package.json");
    const exact = version.split("@").at(-1);
    return !existsSync(path) || readJson(path).version !== exact;
  });
  if (wrong.length === 0) return fine(`${wanted.length} as package.json names them`);
  const names = wrong.map(([name]) => name).join(", ");
  return fault(`missing or of another version: ${names}`, "run npm install");
}

/** Writes nothing but the folder itself. */
export function checkFolder(folder: string): Outcome {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK | constants.X_OK);
    return fine(folder);
  } catch {
    return fault(
      `${folder} cannot be written`,
      `give this user the folder (chown), or set LOCKSTEP_DATA to one it may write`,
    );
  }
}

function checkBrowser(): Outcome {
  const path = installedBrowser();
  return path ? fine(path) : skipped("none here; npm test and npm run shots fetch one");
}

function readJson(path: string): Record<string, object> & { version?: string } {
  return JSON.parse(readFileSync(path, "utf8"));
}
