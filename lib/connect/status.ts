import { isAskedNow, type Standing } from "#lib/connect/standing";
import type { Lifecycle } from "#lib/lifecycle";

/**
 * Where a tenant is on its way to taking money. `invited` has no account for payments yet;
 * `restricted` could take money once and cannot now; `suspended` was stopped by the platform;
 * `disconnected` goes on at Stripe without us, because its owner took our access to it away.
 */
export type ConnectStatus =
  | "invited"
  | "created"
  | "onboarding"
  | "verifying"
  | "active"
  | "restricted"
  | "suspended"
  | "disconnected"
  | "closed";

/** What moves an account: `begin` is a person's, `suspend` to `reinstate` the platform's. */
export type ConnectEvent =
  | "create"
  | "begin"
  | "submit"
  | "ask"
  | "activate"
  | "restrict"
  | "suspend"
  | "release"
  | "reinstate"
  | "disconnect"
  | "reconnect"
  | "close";

/** What Stripe's word alone may bring about. */
export type StripesEvent = Exclude<ConnectEvent, "begin" | "release" | "reinstate">;

/**
 * Stripe's state is found as it is, not as it became, so an account may go from its first day to
 * active at once. What was released goes on where Stripe has it by then; what could take money
 * before is `reinstate`d, and restricted until Stripe has turned it on again. What was connected
 * again begins anew, and is where Stripe and the holds have it in the same moment.
 */
export const connectLifecycle = {
  invited: { create: "created", disconnect: "disconnected", close: "closed" },
  created: {
    ...{ begin: "onboarding", submit: "verifying", activate: "active", restrict: "restricted" },
    ...{ suspend: "suspended", disconnect: "disconnected", close: "closed" },
  },
  onboarding: {
    ...{ submit: "verifying", activate: "active", suspend: "suspended" },
    ...{ disconnect: "disconnected", close: "closed" },
  },
  verifying: {
    ...{ ask: "onboarding", activate: "active", suspend: "suspended" },
    ...{ disconnect: "disconnected", close: "closed" },
  },
  active: {
    ...{ restrict: "restricted", suspend: "suspended" },
    ...{ disconnect: "disconnected", close: "closed" },
  },
  restricted: {
    ...{ activate: "active", suspend: "suspended" },
    ...{ disconnect: "disconnected", close: "closed" },
  },
  suspended: {
    ...{ release: "created", reinstate: "restricted" },
    ...{ disconnect: "disconnected", close: "closed" },
  },
  disconnected: { reconnect: "created", close: "closed" },
  closed: {},
} as const satisfies Lifecycle<ConnectStatus, ConnectEvent>;

/** Nothing goes through it here: it is closed, or goes on at Stripe without us. */
export function isOver(status: ConnectStatus): status is "closed" | "disconnected" {
  return status === "closed" || status === "disconnected";
}

/** What is known of an account beside its status: that it took money once, and is held. */
export type Before = { wasActive: boolean; isHeld: boolean };

/**
 * The next step of an account whose standing is this, or nothing where it is where it belongs.
 * Asked again after each step, it leads there.
 */
export function nextEvent(
  status: ConnectStatus,
  standing: Standing,
  before: Before,
): StripesEvent | null {
  const { isClosed, isReachable, isConfigured, isActive } = standing;
  if (status === "closed") return null;
  if (isClosed) return "close";
  if (!isReachable) return status === "disconnected" ? null : "disconnect";
  if (status === "disconnected") return "reconnect";
  if (status === "suspended" || !isConfigured) return null;
  if (status === "invited") return "create";
  // A hold outlives the connection.
  if (status === "created" && before.isHeld) return "suspend";
  if (isActive) return status === "active" ? null : "activate";
  if (status === "created" && before.wasActive) return "restrict";
  const isAsked = standing.requirements.some(isAskedNow);
  return waiting[status](isAsked);
}

/** What an account that cannot take money does next, by whether something is asked of it. */
const waiting: Record<
  "created" | "onboarding" | "verifying" | "active" | "restricted",
  (isAsked: boolean) => StripesEvent | null
> = {
  created: (isAsked) => (isAsked ? null : "submit"),
  onboarding: (isAsked) => (isAsked ? null : "submit"),
  verifying: (isAsked) => (isAsked ? "ask" : null),
  active: () => "restrict",
  restricted: () => null,
};
