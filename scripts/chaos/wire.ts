/** A piece of what a process says, passed on as it is. A step is one whole question. */
export type Said = { bytes: Buffer; step: string | undefined };
export type Reader = (chunk: Buffer) => Said[];

const longestName = 90;

/**
 * Reads what a client says to PostgreSQL, message by message. Its statements are its steps: a
 * simple query, or whatever was prepared, bound and run up to a Sync.
 * https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function readPostgres(): Reader {
  const prepared = new Map<string, string>();
  let rest: Buffer = Buffer.alloc(0);
  let hasBegun = false;
  let statement = "";
  const stepOf = (type: string, body: Buffer): string | undefined => {
    if (type === "Q") return nameOf(body.subarray(0, -1).toString());
    if (type === "P") {
      const [name = "", text = ""] = body.toString().split("\0", 2);
      prepared.set(name, nameOf(text));
    }
    if (type === "B") statement = prepared.get(body.toString().split("\0", 2)[1] ?? "") ?? "";
    return type === "S" ? statement : undefined;
  };
  return (chunk) => {
    rest = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    const said: Said[] = [];
    for (;;) {
      // Only the very first message has no letter before its length.
      const head = hasBegun ? 1 : 0;
      if (rest.length < head + 4) return said;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return said;
      const bytes = rest.subarray(0, end);
      rest = rest.subarray(end);
      const type = hasBegun ? String.fromCharCode(bytes[0]!) : "";
      said.push({ bytes, step: stepOf(type, bytes.subarray(head + 4)) });
      hasBegun = true;
    }
  };
}

/** Reads what a client says over HTTP. A request's head comes in one piece, as ours are small. */
export function readHttp(): Reader {
  return (chunk) => {
    const request = /^[A-Z]+ \S+/.exec(chunk.toString("latin1", 0, 300));
    return [{ bytes: chunk, step: request?.[0] }];
  };
}

function nameOf(sql: string): string {
  return sql.replaceAll(/\s+/g, " ").trim().slice(0, longestName);
}
