import { createHash } from "node:crypto";

/* What follows an id's prefix, where it is not 24 characters that begin with 1. */
const tails: Record<string, { lead?: string; length: number }> = {
  cus: { length: 14 },
  prod: { length: 14 },
  si: { length: 14 },
  req: { length: 14 },
  acct: { lead: "1", length: 15 },
  cs_test: { lead: "a1", length: 56 },
  mtr_test: { lead: "61", length: 30 },
  whsec: { length: 32 },
  we: { lead: "1", length: 23 },
  ed_test: { lead: "61", length: 30 },
  evt_test: { lead: "65", length: 30 },
  secret: { length: 25 },
  prefix: { length: 8 },
};

const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The nth id of a seed: the same seed and order of calls give the same ids, in any process. */
export function idFor(seed: string, count: number, prefix: string): string {
  const { lead = prefix in tails ? "" : "1", length } = tails[prefix] ?? { length: 23 };
  return `${prefix}_${lead}${lettersFor(`${seed}|${count}`, length)}`;
}

function lettersFor(input: string, length: number): string {
  const bytes = createHash("sha512").update(input).digest();
  let text = "";
  for (let place = 0; place < length; place += 1) {
    text += letters[(bytes[place % bytes.length] ?? 0) % letters.length];
  }
  return text;
}
