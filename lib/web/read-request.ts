import { Refusal } from "#lib/errors";

const bodyLimit = 1_000_000;

/** The query as an object. Of a name that is there twice, the last counts. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** A JSON body's text. Refuses other types, which are all that another site's form can send. */
export async function bodyOf(request: Request): Promise<string> {
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw wrongType("Send the body as application/json.");
  return (await bytesOf(request, bodyLimit)).toString();
}

/** What a whole file as a body may be. */
export type FileRule = {
  readonly types: readonly string[];
  readonly mostBytes: number;
  /** How such a file begins, for who reads the reference. */
  readonly example: string;
};

/** A file's bytes. Refuses types that are not taken, which are all that another's form can send. */
export async function fileOf(request: Request, { types, mostBytes }: FileRule): Promise<Buffer> {
  const type = request.headers.get("content-type") ?? "";
  if (types.includes(type)) return bytesOf(request, mostBytes);
  throw wrongType(`Send the file itself, as one of: ${types.join(", ")}.`);
}

/** A file as it arrives, never held whole. Refuses what is too large, and what was cut off. */
export function streamOf(request: Request, { types, mostBytes }: FileRule): FileStream {
  const type = request.headers.get("content-type") ?? "";
  if (!types.includes(type)) {
    throw wrongType(`Send the file itself, as one of: ${types.join(", ")}.`);
  }
  return counted(request, mostBytes);
}

export type FileStream = AsyncIterable<Uint8Array>;

async function* counted(request: Request, most: number): FileStream & AsyncGenerator<Uint8Array> {
  const said = Number(request.headers.get("content-length") ?? Number.NaN);
  if (said > most) throw tooLarge(most);
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > most) throw tooLarge(most);
    yield chunk;
  }
  if (Number.isNaN(said) || bytes === said) return;
  throw new Refusal("invalid", `Only ${bytes} of the file's ${said} bytes arrived. Send it again.`);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "The body is not valid JSON.");
  }
}

/** The body, measured in bytes while it arrives: what is too large is never held whole. */
async function bytesOf(request: Request, most: number): Promise<Buffer> {
  if (Number(request.headers.get("content-length")) > most) throw tooLarge(most);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function wrongType(message: string): Refusal {
  return new Refusal("unsupported_type", message, { field: "Content-Type" });
}

function tooLarge(most: number): Refusal {
  return new Refusal("too_large", `The body is larger than ${most / 1_000_000} MB.`);
}
