import { Refusal, type RefusalCode } from "#lib/errors";

/** What the database says no with, and what that is to whoever asked. */
const refusals: Readonly<Record<string, { code: RefusalCode; mend: string }>> = {
  LG001: { code: "unprocessable", mend: "Only accounts of the chart, in books that are open." },
  LG002: { code: "unprocessable", mend: "Mend the entry and post it again." },
  LG003: { code: "conflict", mend: "Post it into an open period, or open that period again." },
  LG004: { code: "conflict", mend: "Post a correction under a reference of its own." },
  LG005: { code: "unprocessable", mend: "Close it once it is over." },
};

const constraints: Readonly<Record<string, string>> = {
  ledger_moves_positive: "A move is of more than zero.",
  ledger_accounts_currency: "A currency is three lower-case letters, as ISO 4217 has it.",
  ledger_entries_words: "An entry has a reference and a kind.",
};

/** The refusal that an error of the database stands for; undefined where it is none. */
export function refusalOf(error: unknown): Refusal | undefined {
  const cause = causeOf(error);
  if (!cause) return;
  const { originalCode, originalMessage } = cause;
  const known = refusals[originalCode];
  if (known) return new Refusal(known.code, `${originalMessage}. ${known.mend}`);
  if (originalCode === "23514") {
    const name = Object.keys(constraints).find((one) => originalMessage.includes(one));
    return name ? new Refusal("unprocessable", constraints[name]!) : undefined;
  }
  if (originalCode === "22003") {
    return new Refusal("unprocessable", "An amount is beyond what the ledger holds: 2^63 - 1.");
  }
  return;
}

type Cause = { originalCode: string; originalMessage: string };

/** Where Prisma keeps what PostgreSQL said of a raw statement. */
function causeOf(error: unknown): Cause | undefined {
  if (!(error instanceof Error) || !("meta" in error)) return;
  const { driverAdapterError: said } = error.meta as {
    driverAdapterError?: { cause?: Partial<Cause> };
  };
  const { originalCode, originalMessage } = said?.cause ?? {};
  return originalCode && originalMessage ? { originalCode, originalMessage } : undefined;
}
