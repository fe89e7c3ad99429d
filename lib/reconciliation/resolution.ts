import type { Lifecycle } from "#lib/lifecycle";

/** What a person can do about a break, and what it does. */
export const resolutionKinds = {
  refetch: "Asks Stripe for the objects again, and compares anew.",
  post: "Posts what the facts and the balance transactions say and the book does not.",
  adjust: "Posts an entry of one's own, which names the break.",
  expect: "Lets it be until an instant; after that it is open again.",
  write_off: "Gives the difference up. Takes two people.",
} as const satisfies Record<string, string>;

export type ResolutionKind = keyof typeof resolutionKinds;
export const resolutionKindNames = Object.keys(resolutionKinds) as ResolutionKind[];

export type ResolutionStatus = "proposed" | "decided" | "done" | "failed" | "rejected";
export type ResolutionStep = "decide" | "reject" | "finish" | "fail";

/** `proposed` waits for a second person; `decided` is about to be done. */
export const resolutionLifecycle = {
  proposed: { decide: "decided", reject: "rejected" },
  decided: { finish: "done", fail: "failed" },
  done: {},
  failed: {},
  rejected: {},
} as const satisfies Lifecycle<ResolutionStatus, ResolutionStep>;
