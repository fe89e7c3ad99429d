import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Stage } from "#scripts/bench/stage";

/** Events as a sender makes them: a key of its own for each, spread over the last hours. */
export type SentEvents = { key: string; meter: string; value: string; at: string }[];

const hours = 6;

export function usageEvents(count: number): SentEvents {
  const batch = randomBytes(6).toString("hex");
  const now = Date.now();
  return Array.from({ length: count }, (_, index) => ({
    ...{ key: `evt_${batch}_${index}`, meter: "api_calls", value: String(1 + (index % 7)) },
    at: new Date(now - (index % (hours * 3600)) * 1000).toISOString(),
  }));
}

export function chunksOf<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}

const copy = `copy usage_events (tenant_id, key, at, meter_key, value, received_at) from stdin`;

/** The same rows by COPY over one connection: nothing looked for, nothing counted, one commit. */
export async function copyRows(client: pg.Client, events: SentEvents): Promise<void> {
  const at = new Date().toISOString();
  const lines = events.map(({ key, meter, value, at: used }) =>
    ["ten_copy", key, used, meter, value, at].join("\t"),
  );
  const text = Buffer.from(`${lines.join("\n")}\n`);
  await new Promise<void>((resolve, reject) => {
    // What pg-copy-streams does, for one buffer: the driver leaves COPY to whoever submits it.
    client.query(copyOf(text, (error) => (error ? reject(error) : resolve())) as never);
  });
}

type Wire = {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
};

function copyOf(text: Buffer, done: (error?: Error) => void) {
  return {
    submit: (wire: Wire) => wire.query(copy),
    handleCopyInResponse: (wire: Wire) => {
      wire.sendCopyFromChunk(text);
      wire.endCopyFrom();
    },
    handleCommandComplete: () => {},
    handleReadyForQuery: () => done(),
    handleError: (error: Error) => done(error),
    callback: () => {},
  };
}

const insert = `insert into usage_events (tenant_id, key, at, meter_key, value, received_at)
  values ('ten_single', $1, $2, $3, $4, $2)`;

/** One event by itself: its row and its commit. */
export function insertRow(pool: pg.Pool, event: SentEvents[number]): Promise<unknown> {
  const { key, at, meter, value } = event;
  return pool.query({ name: "single-row", text: insert, values: [key, at, meter, value] });
}

/** A client nobody's wall holds back, for what the subjects are held against. */
export async function openBare(stage: Stage): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: stage.superUrl });
  await client.connect();
  return client;
}
