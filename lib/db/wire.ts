import { AsyncLocalStorage } from "node:async_hooks";
import { createHash } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { invariant } from "#lib/errors";

/** The connection a transaction runs on, while it runs. */
type Wire = { client: pg.PoolClient | undefined; isTaken: boolean };

type Wires = {
  beginning: AsyncLocalStorage<Wire>;
  wires: WeakMap<object, Wire>;
  /** What each statement is prepared as. */
  names: Map<string, string>;
};

// On globalThis, because Next may make this module several times in a process, and the pool once.
const held = globalThis as { lockstepWires?: Wires };
held.lockstepWires ??= {
  beginning: new AsyncLocalStorage(),
  wires: new WeakMap(),
  names: new Map(),
};
const { beginning, wires, names } = held.lockstepWires;

/**
 * Prisma's way to PostgreSQL, which also tells `withWire` on which connection a transaction began.
 * As soon as it ends the connection is another's, so nothing is said on it any more.
 */
export function tellingAdapter(pool: pg.Pool): PrismaPg {
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => {
      const begun = await start(level);
      const wire = beginning.getStore();
      // One that somebody begins inside another leaves that its connection.
      if (wire && !wire.isTaken) tap(begun, wire);
      return begun;
    };
    return adapter;
  };
  return factory;
}

type Begun = Awaited<ReturnType<Awaited<ReturnType<PrismaPg["connect"]>>["startTransaction"]>>;

function tap(begun: Begun, wire: Wire): void {
  wire.isTaken = true;
  // The adapter's own name for it; there is no public one.
  wire.client = (begun as unknown as { client: pg.PoolClient }).client;
  const end = () => {
    wire.client = undefined;
  };
  const [execute, commit, rollback] = [begun.executeRaw, begun.commit, begun.rollback];
  begun.executeRaw = (query) => {
    if (query.sql === "COMMIT" || query.sql === "ROLLBACK") end();
    return execute.call(begun, query);
  };
  // Whatever Prisma says to end it: with these the connection goes back to the pool.
  begun.commit = () => {
    end();
    return commit.call(begun);
  };
  begun.rollback = () => {
    end();
    return rollback.call(begun);
  };
}

/** Begins a transaction by `begin` and has `run` find its connection. */
export function withWire<Tx extends object, T>(
  begin: (run: (tx: Tx) => Promise<T>) => Promise<T>,
  run: (tx: Tx) => Promise<T>,
): Promise<T> {
  const wire: Wire = { client: undefined, isTaken: false };
  return beginning.run(wire, () =>
    begin((tx) => {
      wires.set(tx, wire);
      return run(tx);
    }),
  );
}

/**
 * Runs a statement of a hot path inside a transaction, prepared once for each connection. Prisma
 * writes what it hands over as JSON with bytes in base64, reads that again, and has every statement
 * planned each time. `text` is one of few: each is kept. Rows are as `pg` reads them: a `bigint` or
 * `numeric` is text, and a `date` is midnight here, so a statement asks for neither.
 */
export function queryPrepared<Row extends object>(
  tx: object,
  text: string,
  values: readonly unknown[],
): Promise<pg.QueryResult<Row>> {
  const client = wires.get(tx)?.client;
  invariant(client, "a statement came before its transaction or after it");
  const name = names.get(text) ?? nameOf(text, 0);
  return client.query<Row>({ name, text, values: values as unknown[] }).catch((error) => {
    if (isOutlived(error)) renew(text, name);
    throw error;
  });
}

/**
 * True where a type in the statement's answer was changed since it was prepared. PostgreSQL has no
 * code of its own for it, and names the function that found out.
 */
export function isOutlived(error: unknown): boolean {
  const { code, routine } = (error ?? {}) as { code?: unknown; routine?: unknown };
  return code === "0A000" && routine === "RevalidateCachedQuery";
}

/** Has the statement prepared anew, on every connection, from the next time on. */
function renew(text: string, outlived: string): void {
  // Another connection may have found out first.
  if (names.get(text) !== outlived) return;
  nameOf(text, Number(outlived.split(".")[1]) + 1);
}

function nameOf(text: string, times: number): string {
  const digest = createHash("sha256").update(text).digest("base64url").slice(0, 22);
  const name = `hot-${digest}.${times}`;
  names.set(text, name);
  return name;
}
