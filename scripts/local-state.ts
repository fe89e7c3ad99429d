import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** What a local start must remember: secrets made once and the world it has at the local Stripe. */
export type LocalState = {
  secret: string;
  webhooks?: { account: string; connect: string; notifications?: string };
};

/** Where local data lives: LOCKSTEP_DATA, or `.data` in the project. */
export function dataFolder(): string {
  const folder = resolve(process.env.LOCKSTEP_DATA || ".data");
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Reads the state of a folder, made on first use. The file is readable by its owner alone. */
export function readState(folder: string): LocalState {
  const path = join(folder, "local.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as LocalState;
  const state: LocalState = { secret: randomBytes(32).toString("hex") };
  writeState(folder, state);
  return state;
}

export function writeState(folder: string, state: LocalState): void {
  writeFileSync(join(folder, "local.json"), `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
}
