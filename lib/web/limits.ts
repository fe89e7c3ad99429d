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
  invitation: { points: 100, seconds: 60 * 60 },
} as const satisfies Record<string, { points: number; seconds: number }>;

export type LimitName = keyof typeof limits;
