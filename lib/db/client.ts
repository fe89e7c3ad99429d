import pg from "pg";
import { type Prisma, PrismaClient } from "#lib/db/generated/client";
import { tellingAdapter } from "#lib/db/wire";

/** The database as one process holds it: Prisma for what it says well, the pool for the rest. */
export type Db = {
  readonly prisma: PrismaClient;
  readonly pool: pg.Pool;
  /** Has something end with the database: an ear on one of its channels. */
  atClose(end: () => Promise<void>): void;
  close(): Promise<void>;
};

/** The inside of a transaction. Only `transact` and `view` hand one out. */
export type Tx = Prisma.TransactionClient;

/** Opens the database as the app's role. Close it when the process ends. */
export function openDb(appUrl: string, connections = 10): Db {
  const pool = new pg.Pool({
    connectionString: appUrl,
    max: connections,
    application_name: "lockstep",
    connectionTimeoutMillis: 10_000,
  });
  // An idle connection that breaks (PostgreSQL restarted) is dropped; the next query opens another.
  pool.on("error", () => {});
  // One that breaks between two queries of a transaction says so to the next of them; unheard, its
  // event would end the process.
  pool.on("connect", (client) => client.on("error", () => {}));
  const prisma = new PrismaClient({ adapter: tellingAdapter(pool) });
  const ends: (() => Promise<void>)[] = [];
  return {
    prisma,
    pool,
    atClose: (end) => void ends.push(end),
    close: async () => {
      await Promise.all(ends.map((end) => end()));
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
