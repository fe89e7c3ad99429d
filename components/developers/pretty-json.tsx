/** JSON laid out to be read. */
export function prettyJson(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}
