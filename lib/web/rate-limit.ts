import { createHash } from "node:crypto";
import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import type { Db } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import { type Limit, type LimitName, limits } from "#lib/web/limits";

/** Where a caller is in one limit. */
export type LimitState = { name: LimitName; remaining: number; resetSeconds: number };
/** Uses a process drew ahead for one caller, and until when they are good. */
type Drawn = { left: number; remaining: number; until: number };
type Limiter = { postgres: RateLimiterPostgres; drawn: Map<string, Drawn> };

const limiters = new WeakMap<Db, Map<LimitName, Limiter>>();
const mostDrawn = 10_000;

/**
 * Counts uses of `name` by `who` and refuses past the limit. Counting comes first, so that a
 * burst of parallel tries cannot slip through. A limit with a `draw` is counted in the database by
 * that many at once, and between that in this process: never past the limit, at most a draw a
 * process short of it.
 */
export async function countUse(
  db: Db,
  name: LimitName,
  who: string,
  uses = 1,
): Promise<LimitState> {
  const limiter = limiterOf(db, name);
  const { draw = 1 }: Limit = limits[name];
  const key = keyOf(who);
  const held = limiter.drawn.get(key);
  if (held && held.left >= uses && held.until > Date.now()) {
    held.left -= uses;
    return stateOf(name, held);
  }
  const drawn = await drawFrom(limiter.postgres, key, Math.max(draw, uses));
  drawn.left -= uses;
  if (drawn.left < 0) throw tooMany(name, drawn.until);
  if (draw > 1) {
    if (limiter.drawn.size >= mostDrawn) limiter.drawn.clear();
    limiter.drawn.set(key, drawn);
  }
  return stateOf(name, drawn);
}

/** Tells a client where it is, after draft-ietf-httpapi-ratelimit-headers. */
export function limitHeaders(states: readonly LimitState[]): Record<string, string> {
  const policies = states.map(({ name }) => {
    const { points, seconds } = limits[name];
    return `"${name}";q=${points};w=${seconds}`;
  });
  const standing = states.map(
    ({ name, remaining, resetSeconds }) => `"${name}";r=${remaining};t=${resetSeconds}`,
  );
  return { "ratelimit-policy": policies.join(", "), ratelimit: standing.join(", ") };
}

/** Forgets what was counted: a person who proved who they are has no failures to their name. */
export async function forgiveUses(db: Db, name: LimitName, who: string): Promise<void> {
  const { postgres, drawn } = limiterOf(db, name);
  drawn.delete(keyOf(who));
  await postgres.delete(keyOf(who));
}

/** Draws uses from the window; of the last ones there are, as many as there are. */
async function drawFrom(
  postgres: RateLimiterPostgres,
  key: string,
  wanted: number,
): Promise<Drawn> {
  try {
    const { remainingPoints, msBeforeNext } = await postgres.consume(key, wanted);
    return { left: wanted, remaining: remainingPoints, until: Date.now() + msBeforeNext };
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const before = error.consumedPoints - wanted;
    const left = Math.max(0, postgres.points - before);
    return { left, remaining: 0, until: Date.now() + error.msBeforeNext };
  }
}

function stateOf(name: LimitName, { left, remaining, until }: Drawn): LimitState {
  const resetSeconds = Math.max(0, Math.ceil((until - Date.now()) / 1000));
  return { name, remaining: remaining + left, resetSeconds };
}

/** A limit that is reached, and how it stands. */
export class LimitReached extends Refusal {
  readonly state: LimitState;

  constructor(message: string, state: LimitState) {
    super("too_many", message, { retryAfterSeconds: state.resetSeconds });
    this.state = state;
  }
}

function tooMany(name: LimitName, until: number): LimitReached {
  const retryAfterSeconds = Math.max(1, Math.ceil((until - Date.now()) / 1000));
  const { of = "tries", mend }: Limit = limits[name];
  const message = `Too many ${of}. Try again in ${inWords(retryAfterSeconds)}.`;
  const state = { name, remaining: 0, resetSeconds: retryAfterSeconds };
  return new LimitReached(mend ? `${message} ${mend}` : message, state);
}

function limiterOf(db: Db, name: LimitName): Limiter {
  const ofDb = limiters.get(db) ?? new Map<LimitName, Limiter>();
  limiters.set(db, ofDb);
  const existing = ofDb.get(name);
  if (existing) return existing;

  const { points, seconds } = limits[name];
  const postgres = new RateLimiterPostgres({
    storeClient: db.pool,
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    keyPrefix: name,
    points,
    duration: seconds,
  });
  const limiter = { postgres, drawn: new Map<string, Drawn>() };
  ofDb.set(name, limiter);
  return limiter;
}

/** Addresses and e-mails are not kept, only what recognises them. */
function keyOf(who: string): string {
  return createHash("sha256").update(who).digest("base64url");
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} seconds`;
  if (seconds < 5_400) return `${Math.ceil(seconds / 60)} minutes`;
  return `${Math.ceil(seconds / 3600)} hours`;
}
