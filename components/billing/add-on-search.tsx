import type { AddOnChoice } from "#lib/billing/add-on";

/** Add-ons as an address says them: `storage:2,support`. */
export function addOnsToSearch(addOns: readonly AddOnChoice[]): string {
  return addOns.map(({ key, quantity }) => (quantity === 1 ? key : `${key}:${quantity}`)).join();
}

/** Add-ons from an address; nonsense is left out, never an error. */
export function addOnsFromSearch(text: string): AddOnChoice[] {
  const parts = text.split(",").flatMap((part) => {
    const found = /^([a-z][a-z0-9_]{0,39})(?::([1-9]\d{0,2}))?$/.exec(part.trim());
    return found ? [{ key: found[1]!, quantity: Number(found[2] ?? 1) }] : [];
  });
  return [...new Map(parts.map((part) => [part.key, part])).values()].slice(0, 20);
}
