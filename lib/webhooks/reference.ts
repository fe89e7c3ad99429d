/** An event's reference as an address carries it, its colons perhaps as %3A; undefined for none. */
export function readReference(segment: string): string | undefined {
  try {
    const reference = decodeURIComponent(segment);
    // No text in PostgreSQL has it, and none may be asked for.
    return reference.includes("\u0000") ? undefined : reference;
  } catch {
    return undefined;
  }
}
