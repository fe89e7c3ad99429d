import { Refusal } from "#lib/errors";

/** An event's reference as an address carries it. Its colons may arrive written as %3A. */
export function readReference(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new Refusal("not_found", "There is no such event.");
  }
}
