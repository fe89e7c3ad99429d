/** An event's reference as an address carries it, its colons perhaps as %3A; undefined for none. */
export function readReference(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
