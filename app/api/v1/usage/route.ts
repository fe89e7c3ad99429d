import { receiptAnswer } from "#lib/usage/answers";
import { usageBodyLimitBytes } from "#lib/usage/event";
import { usageBody } from "#lib/usage/input";
import { receiveUsage } from "#lib/usage/receive-usage";
import { contextOf } from "#lib/web/context";
import { answerProblem } from "#lib/web/problem";
import { described } from "#lib/web/route";

/** Usage where nothing stands in front of Next; the same function answers. */
export const POST = described(
  {
    who: "key",
    permission: "usage:write",
    summary: "Report usage",
    description:
      "One event or up to a thousand. Each stands for itself and is counted once by its key, so " +
      "sending all of it again is safe. 207 where some were refused; each says why.",
    body: usageBody,
    answer: receiptAnswer,
    idempotencyKey: false,
  },
  async (request: Request): Promise<Response> => {
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
  },
);

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
