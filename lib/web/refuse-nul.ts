import { Refusal } from "#lib/errors";

/**
 * Refuses what has the NUL character anywhere, naming the field: no text in PostgreSQL can hold it,
 * so what is asked for or kept by it would end in a fault of ours.
 */
export function refuseNul(value: unknown, path: readonly string[] = []): void {
  if (typeof value === "string") {
    if (!value.includes("\0")) return;
    const field = path.join(".");
    throw new Refusal("invalid", `${field || "It"} has the NUL character in it. Leave it out.`, {
      ...(field && { field }),
    });
  }
  if (value === null || typeof value !== "object") return;
  for (const [name, part] of Object.entries(value)) {
    refuseNul(name, [...path, "a name"]);
    refuseNul(part, [...path, name]);
  }
}
