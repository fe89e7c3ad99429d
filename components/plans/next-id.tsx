let last = 0;

/** A name for a row that was just added, so that React tells rows apart. It is never sent. */
export function nextId(of: string): string {
  last += 1;
  return `${of}-new-${last}`;
}
