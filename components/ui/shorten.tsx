/** The prefix and both ends of a long id; a short one as it is. */
export function shorten(id: string): string {
  if (id.length <= 16) return id;
  const prefix = id.includes("_") ? id.slice(0, id.lastIndexOf("_") + 1) : "";
  const rest = id.slice(prefix.length);
  return `${prefix}${rest.slice(0, 4)}…${rest.slice(-4)}`;
}
