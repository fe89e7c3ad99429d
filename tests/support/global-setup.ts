import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { migrate } from "#scripts/migrations";
import { ownedDatabase } from "#scripts/owned-database";
import { startPostgres } from "#scripts/postgres";
import { makeFastFolder } from "#tests/support/fast-folder";

declare module "vitest" {
  interface ProvidedContext {
    /** The superuser's address, for cloning and dropping databases. */
    serverUrl: string;
    /** The owner's address of the migrated template. */
    templateUrl: string;
    secret: string;
    /** Where the server is reached without the network, or nothing where that cannot be. */
    socketFolder: string;
  }
}

/** One PostgreSQL for the run and one migrated template in it; each test file clones that. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = makeFastFolder("lockstep-test-");
  const secret = randomBytes(32).toString("hex");
  const socketFolder = process.platform === "win32" ? "" : makeSocketFolder(folder);
  const options = { durable: false, socketFolder };
  const server = await startPostgres(join(folder, "postgres"), secret, options);
  const templateUrl = await ownedDatabase(server.url, "template_lockstep", secret);
  await migrate(templateUrl, secret);
  await seal(server.url);

  project.provide("serverUrl", server.url);
  project.provide("templateUrl", templateUrl);
  project.provide("secret", secret);
  project.provide("socketFolder", socketFolder);
  return async () => {
    server.stop();
    // Its data may lie elsewhere, where the user it runs as can reach it.
    for (const path of [folder, server.folder]) rmSync(path, { recursive: true, force: true });
  };
}

/** PostgreSQL may run as another user, who must be able to write there. */
function makeSocketFolder(folder: string): string {
  const path = join(folder, "sockets");
  mkdirSync(path);
  chmodSync(path, 0o777);
  return path;
}

/** A template somebody is connected to cannot be cloned, so nobody may connect. */
async function seal(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(
    "alter database template_lockstep with is_template true allow_connections false",
  );
  await client.end();
}
