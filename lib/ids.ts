import { randomFillSync } from "node:crypto";

/** Every kind of id we give out, and the prefix that says so. */
const prefixes = {
  user: "usr",
  session: "ses",
  token: "tok",
  tenant: "ten",
  member: "mem",
  invitation: "inv",
  mail: "mail",
  plan: "plan",
  planVersion: "plv",
  component: "cmp",
  price: "pri",
  publishing: "pub",
  coupon: "cpn",
  promotionCode: "prc",
  planMigration: "plm",
  checkout: "chk",
  subscriptionChange: "chg",
  moneyAct: "act",
  webhookEndpoint: "whe",
  webhookSecret: "whk",
  webhookDelivery: "msg",
  seatPool: "spl",
  seatAssignment: "sea",
  seatDrift: "sdr",
  apiKey: "key",
  apiKeySecret: "ksc",
  attempt: "try",
  usageFlush: "ufl",
  usageCorrection: "ucr",
  usageLimit: "ulm",
  usageAdjustment: "uad",
  trace: "trc",
  inboxRun: "run",
  alert: "alr",
  drift: "drf",
  resync: "evt_resync",
  resyncRun: "rsn",
} as const;

type Kind = keyof typeof prefixes;
export type Id<K extends Kind> = `${(typeof prefixes)[K]}_${string}`;

// No vowels, so no words; no look-alikes. In ASCII order, so that ids sort as they were made.
const alphabet = "0123456789BCDFGHJKMNPQRSTVWXYZbcdfghjkmnpqrstvwxyz";
const base = BigInt(alphabet.length);

/**
 * A new id: 48 bits of milliseconds, then 64 random bits. Later ids sort after earlier ones, so
 * (created, id) pages in order, and nobody can guess one.
 */
export function newId<K extends Kind>(kind: K, at: Date = new Date()): Id<K> {
  let value = (BigInt(at.getTime()) << 64n) | random64();
  let text = "";
  while (text.length < 20) {
    text = alphabet[Number(value % base)] + text;
    value /= base;
  }
  return `${prefixes[kind]}_${text}`;
}

// Asking the system for randomness costs more than all the rest, so it is asked for many at once.
const pool = Buffer.alloc(2048);
let used = pool.length;

function random64(): bigint {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 8;
  return pool.readBigUInt64BE(used - 8);
}
