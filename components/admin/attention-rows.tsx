"use client";

import type { BulkRow } from "#lib/connect/bulk";

type Props = {
  rows: readonly BulkRow[] | undefined;
  /** Those that were left out by hand. */
  out: ReadonlySet<string>;
  /** Undefined once it is done. */
  onOut: ((out: ReadonlySet<string>) => void) | undefined;
};

/** Each tenant with what happens to it, or why nothing does. */
export function AttentionRows({ rows, out, onOut }: Props) {
  if (!rows) return <p role="status">Looking at each…</p>;
  const toggle = (id: string, isIn: boolean) => {
    const next = new Set(out);
    if (isIn) next.delete(id);
    else next.add(id);
    onOut?.(next);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls is reached by keyboard
    <ul aria-label="Tenants" tabIndex={0} className="grid max-h-60 gap-1.5 overflow-y-auto">
      {rows.map(({ tenantId, name, isTouched, what }) => (
        <li key={tenantId}>
          {onOut ? (
            <label className="flex items-start gap-2">
              <input
                type="checkbox"
                name="tenant"
                disabled={!isTouched}
                checked={isTouched && !out.has(tenantId)}
                onChange={({ target }) => toggle(tenantId, target.checked)}
                className="mt-0.5 size-4 accent-accent"
              />
              <Row name={name} what={what} />
            </label>
          ) : (
            <Row name={name} what={what} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Row({ name, what }: Pick<BulkRow, "name" | "what">) {
  return (
    <span className="min-w-0 wrap-anywhere">
      {name} <span className="text-xs text-muted">{what}</span>
    </span>
  );
}
