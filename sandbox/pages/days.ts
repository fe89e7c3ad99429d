/** A day as people write it, in UTC. */
export function dayOf(seconds: number): string {
  const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  return new Date(seconds * 1000).toLocaleDateString("en-GB", options);
}
