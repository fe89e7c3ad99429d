/**
 * How often something may be done, by whom it counts. `api` counts every call through `route`;
 * the rest stand before what can be guessed or flooded. An office behind one address fits in all
 * that count by address.
 */
export const limits = {
  api: { points: 600, seconds: 60, of: "requests" },
  "api.key": { points: 3_000, seconds: 60, of: "requests by this key", draw: 50 },
  "api.workspace": { points: 6_000, seconds: 60, of: "requests by this workspace", draw: 50 },
  /** Keys that open nothing, by address. */
  "key.refused": { points: 300, seconds: 60, of: "tries with keys that open nothing" },
  /** Usage, by key: a request has up to 1,000 events. */
  usage: { points: 600_000, seconds: 60, of: "requests", draw: 1_000 },
  "key.write": { points: 60, seconds: 60 * 60, of: "changes" },
  "sign-in.address": { points: 60, seconds: 60 },
  "sign-in.address-and-email": { points: 10, seconds: 15 * 60 },
  "sign-in.email": { points: 100, seconds: 60 * 60 },
  "sign-up": { points: 60, seconds: 60 * 60 },
  "password-reset.address": { points: 60, seconds: 60 * 60 },
  "password-reset.email": { points: 5, seconds: 60 * 60 },
  verification: { points: 5, seconds: 60 * 60 },
  /** Opening a link from a mail: far more than people do, far less than guessing would take. */
  token: { points: 120, seconds: 15 * 60 },
  password: { points: 10, seconds: 15 * 60 },
  /** Of invitations every address written to is one use. */
  "invitation.person": { points: 100, seconds: 60 * 60, of: "invitations" },
  "invitation.tenant": { points: 200, seconds: 24 * 60 * 60, of: "invitations" },
  "webhook.write": { points: 120, seconds: 60 * 60, of: "changes" },
  "webhook.test": { points: 60, seconds: 60 * 60, of: "tests" },
  "webhook.replay": { points: 120, seconds: 60 * 60, of: "replays" },
  "invitation.unverified": {
    ...{ points: 20, seconds: 24 * 60 * 60, of: "invitations" },
    mend: "Confirm your e-mail to invite more.",
  },
  "invitation.unverified-address": {
    ...{ points: 200, seconds: 24 * 60 * 60, of: "invitations" },
    mend: "Confirm your e-mail to invite more.",
  },
} as const satisfies Record<string, Limit>;

/**
 * `of` is what there are too many of, tries unless said; `mend` what helps besides waiting; `draw`
 * how many uses a process counts at once, where every single one would cost too much.
 */
export type Limit = { points: number; seconds: number; of?: string; mend?: string; draw?: number };
export type LimitName = keyof typeof limits;
