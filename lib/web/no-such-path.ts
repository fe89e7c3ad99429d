import { Refusal } from "#lib/errors";
import { contextOf } from "#lib/web/context";
import { answerProblem } from "#lib/web/problem";

/** Answers a request to a path of the API that is none. */
export function answerNoSuchPath(request: Request): Response {
  const { traceId } = contextOf(request.headers);
  const { pathname } = new URL(request.url);
  const message = `There is no ${pathname.slice(0, 200)}. The reference lists every operation.`;
  const answer = answerProblem(new Refusal("not_found", message), traceId);
  answer.headers.set("request-id", traceId);
  return answer;
}
