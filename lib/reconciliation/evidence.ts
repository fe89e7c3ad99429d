import type { Evidence } from "#lib/reconciliation/break";

export type EvidenceRow = {
  name: string;
  isMoney: boolean;
  stripe: string | null;
  mirror: string | null;
  entry: string | null;
  /** Each side's own, by which its money is to be read. */
  currencies: Readonly<Record<keyof Evidence, string | null>>;
  /** Whether two sides speak of it and do not say the same. */
  differs: boolean;
};

const moneyNames = ["net", "fee", "total", "paid", "parts", "billed", "expected"];
const order = ["currency", "type", ...moneyNames, "kept", "moved", "minor"];
/** Each side has its own of these, so they differ where all is well. */
const ownNames = new Set(["references", "kinds"]);
type Side = Readonly<Record<string, string>>;

/** Both sides of a break line by line: each of its figures beside the others'. */
export function rowsOf(
  { stripe, mirror, entry }: Evidence,
  currency: string | null,
): EvidenceRow[] {
  const sides = { stripe: flat(stripe), mirror: flat(mirror), entry: flat(sumOf(entry, currency)) };
  const currencies = {
    stripe: sides.stripe.currency ?? currency,
    mirror: sides.mirror.currency ?? currency,
    entry: sides.entry.currency ?? currency,
  };
  const names = new Set(Object.values(sides).flatMap((side) => Object.keys(side)));
  const rank = (name: string) => (order.indexOf(name) + order.length + 1) % (order.length + 1);
  return [...names]
    .toSorted((one, other) => rank(one) - rank(other))
    .map((name) => {
      const said = {
        stripe: sides.stripe[name],
        mirror: sides.mirror[name],
        entry: sides.entry[name],
      };
      const values = new Set(Object.values(said).filter((value) => value !== undefined));
      return {
        ...{ name, isMoney: order.indexOf(name) >= 2 },
        differs: values.size > 1 && !ownNames.has(name),
        ...{ stripe: said.stripe ?? null, mirror: said.mirror ?? null },
        ...{ entry: said.entry ?? null, currencies },
      };
    });
}

/** What the entries come to in the currency that is asked about stands beside the other sides. */
function sumOf(entry: Evidence["entry"], currency: string | null): Evidence["entry"] {
  if (entry === null || typeof entry !== "object" || Array.isArray(entry)) return entry;
  const { sums, ...rest } = entry;
  if (!Array.isArray(sums)) return entry;
  const own = sums.find((sum) => flat(sum).currency === currency) ?? sums[0];
  return { ...rest, ...(own && typeof own === "object" && !Array.isArray(own) ? own : {}) };
}

function flat(side: Evidence["stripe"]): Side {
  if (side === null || typeof side !== "object" || Array.isArray(side)) return {};
  return Object.fromEntries(
    Object.entries(side).flatMap(([name, value]) => {
      if (value === null || value === undefined) return [];
      if (Array.isArray(value)) return [[name, value.map(String).join(", ")]];
      return typeof value === "object" ? [] : [[name, String(value)]];
    }),
  );
}
