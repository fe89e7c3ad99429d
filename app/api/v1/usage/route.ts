import { usageBodyLimitBytes } from "#lib/usage/event";
import { receiveUsage } from "#lib/usage/receive-usage";
import { contextOf } from "#lib/web/context";
import { answerProblem } from "#lib/web/problem";

/** Usage where nothing stands in front of Next; the same function answers. */
export async function POST(request: Request): Promise<Response> {
  const visitor = contextOf(request.headers);
  try {
    const { status, contentType, headers, body } = await receiveUsage(visitor, {
      authorization: request.headers.get("authorization"),
      contentType: request.headers.get("content-type"),
      rawBody: await readBody(request),
    });
    const all = { ...headers, "content-type": contentType, "request-id": visitor.traceId };
    return new Response(JSON.stringify(body), { status, headers: all });
  } catch (error) {
    return answerProblem(error, visitor.traceId);
  }
}

/** Of a body that is too large, just enough to see that. */
async function readBody(request: Request): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > usageBodyLimitBytes) break;
  }
  return Buffer.concat(chunks);
}
