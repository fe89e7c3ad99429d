import type { Tx } from "#lib/db/client";
import { type Dimension, dimensions } from "#lib/margin/input";

const countries = new Intl.DisplayNames("en", { type: "region", fallback: "code" });

/** Rows with what a person calls each: a tenant's name, a plan's, a country's. */
export async function nameKeys<Row extends { readonly key: string }>(
  tx: Tx,
  dimension: Dimension,
  rows: readonly Row[],
): Promise<(Row & { name: string })[]> {
  const keys = rows.map(({ key }) => key);
  const names = await readNames(tx, dimension, keys);
  return rows.map((row) => ({ ...row, name: nameOf(dimension, row.key, names) }));
}

async function readNames(tx: Tx, dimension: Dimension, keys: readonly string[]) {
  if (dimension === "tenant") {
    const where = { id: { in: [...keys] } };
    const found = await tx.tenant.findMany({ where, select: { id: true, name: true } });
    return new Map(found.map(({ id, name }) => [id, name]));
  }
  if (dimension !== "plan") return new Map<string, string>();
  const where = { key: { in: [...keys] } };
  const found = await tx.plan.findMany({ where, select: { key: true, name: true } });
  return new Map(found.map(({ key, name }) => [key, name]));
}

function nameOf(dimension: Dimension, key: string, names: ReadonlyMap<string, string>): string {
  if (key === "") return dimensions[dimension].none;
  if (dimension === "country") return /^[A-Z]{2}$/.test(key) ? (countries.of(key) ?? key) : key;
  if (dimension !== "method") return names.get(key) ?? key;
  const words = key.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
