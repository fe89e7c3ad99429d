import { createHash } from "node:crypto";
import type { World } from "#sandbox/world/world";

/** A number of so many digits, different each time and the same again under one seed. */
export function digitsOf(world: World, count: number): string {
  const hash = createHash("sha256").update(world.newId("secret")).digest("hex");
  return (BigInt(`0x${hash}`) % 10n ** BigInt(count)).toString().padStart(count, "0");
}
