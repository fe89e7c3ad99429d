import { Refusal } from "#lib/errors";

const bodyLimit = 1_000_000;

/** The query as an object. Of a name that is there twice, the last counts. */
export function queryOf(request: Request): Record<string, string> {
  return Object.fromEntries(new URL(request.url).searchParams);
}

/** A JSON body's text. Refuses other types, which are all that another site's form can send. */
export async function bodyOf(request: Request): Promise<string> {
  if (!request.headers.get("content-type")?.startsWith("application/json")) {
    throw new Refusal("invalid", "Send the body as application/json.");
  }
  return textOf(request);
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("invalid", "The body is not valid JSON.");
  }
}

/** The body, measured in bytes while it arrives: what is too large is never held whole. */
async function textOf(request: Request): Promise<string> {
  const tooLarge = () => new Refusal("too_large", "The body is larger than 1 MB.");
  if (Number(request.headers.get("content-length")) > bodyLimit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream.
    if (bytes > bodyLimit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}
