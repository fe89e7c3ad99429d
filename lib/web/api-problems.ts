import type { RefusalCode } from "#lib/errors";

/** Every way the API says no: what it means, and what to do. The `type` of a problem leads here. */
export const apiProblems = {
  invalid: {
    status: 400,
    title: "Bad request",
    means: "Something that was sent cannot be read or is not allowed. Nothing was changed.",
    mend: "`field` or `errors` name what to correct.",
  },
  unauthenticated: {
    status: 401,
    title: "Unauthorized",
    means: "Nobody is signed in, or the API key opens nothing: mistyped, expired or revoked.",
    mend: "Send a key that works, or sign in. `detail` says what is wrong with the key.",
  },
  payment_required: {
    status: 402,
    title: "Payment required",
    means: "The plan does not give this, or a limit of it is used up.",
    mend: "`detail` says what helps: a larger plan, a higher limit, or an open invoice to pay.",
  },
  forbidden: {
    status: 403,
    title: "Forbidden",
    means: "The key lacks the scope, or the person's role may not do this.",
    mend: "Make a key with the scope that `detail` names, or ask somebody whose role may.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    means: "There is no such thing, or it is not yours. Both answer the same.",
    mend: "Check the id, and that the key is of the workspace in the path.",
  },
  conflict: {
    status: 409,
    title: "Conflict",
    means: "It does not fit how things stand now, or the same request is still at work.",
    mend: "With a Retry-After, ask again; otherwise read how things stand first.",
  },
  gone: {
    status: 410,
    title: "Gone",
    means: "It was here and is over: a link that was used, or that ran out.",
    mend: "Ask for a new one.",
  },
  too_large: {
    status: 413,
    title: "Content too large",
    means: "A body has at most 1 MB.",
    mend: "Send it in parts.",
  },
  unsupported_type: {
    status: 415,
    title: "Unsupported media type",
    means: "The Content-Type is none that this operation takes.",
    mend: "Send the body as the type that is named, which is application/json for most.",
  },
  unprocessable: {
    status: 422,
    title: "Unprocessable content",
    means: "This Idempotency-Key was used for another request before.",
    mend: "Make a new key for each new request; repeat one only with the same method, path and body.",
  },
  too_many: {
    status: 429,
    title: "Too many requests",
    means: "A limit is reached. The RateLimit headers say which, and how every limit stands.",
    mend: "Wait for as many seconds as Retry-After says.",
  },
  internal: {
    status: 500,
    title: "Internal server error",
    means: "Our fault. Nothing of this request was kept unless a later read shows it.",
    mend: "Try again with the same Idempotency-Key; if it stays, name the request id to us.",
  },
  unavailable: {
    status: 503,
    title: "Service unavailable",
    means: "Something we depend on does not answer at the moment.",
    mend: "Try again after Retry-After, or in a minute.",
  },
} as const satisfies Record<
  RefusalCode | "internal",
  { status: number; title: string; means: string; mend: string }
>;

export type ProblemCode = keyof typeof apiProblems;
export const problemCodes = Object.keys(apiProblems) as ProblemCode[];
