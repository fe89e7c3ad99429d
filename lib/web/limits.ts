/**
 * How often something may be done, by whom it counts. `api` counts every call through `route`;
 * the rest stand before what can be guessed or flooded. An office behind one address fits in all
 * that count by address.
 */
export const limits = {
  api: { points: 600, seconds: 60 },
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

/** `of` is what there are too many of, tries unless said; `mend` what helps besides waiting. */
export type Limit = { points: number; seconds: number; of?: string; mend?: string };
export type LimitName = keyof typeof limits;
