import type { IncomingMessage } from "node:http";

/** The raw bytes as they were sent. Of a body that is too large, just enough to see that. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const whole = () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    request.on("data", (chunk: Buffer) => {
      if (size > limitBytes) return;
      chunks.push(chunk);
      size += chunk.length;
      if (size > limitBytes) whole();
    });
    request.on("end", whole);
    // Of a caller that went away in the middle of it, too.
    request.on("error", reject);
  });
}
