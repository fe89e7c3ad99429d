/**
 * What no workspace may be called: the first part of every address of ours, of every address we
 * may want, and words that would let a workspace pass for us.
 */
export const reservedSlugs: ReadonlySet<string> = new Set(
  [
    "about account accounts admin api app apps assets audit auth billing blog brand careers",
    "changelog checkout checkouts community connect contact cookies customers dashboard demo dev",
    "developers reference",
    "docs domains download enterprise events favicon features files forgot-password forum global",
    "guide health help home hooks icon images imprint index invitation invitations invite invoice",
    "invoices jobs legal link links live local lockstep login logout look mail mailbox mails manifest",
    "marketing me members metrics mobile new news next notifications oauth oidc onboarding opengraph",
    "orders partners password pay payments payouts plan plans platform policies policy portal press",
    "preview pricing privacy product profile public pulse register reports reset-password robots",
    "root sandbox search secure security self server session sessions settings share shop sign-in",
    "sign-out sign-up signin signout signup site sitemap sso staff static status stripe subscribe",
    "subscription support system team teams tenant tenants terms test tests token trust undefined",
    "null unsubscribe upgrade usage user users v1 v2 verification verify verify-email webhook",
    "webhooks welcome well-known workspace workspaces www",
  ].flatMap((line) => line.split(" ")),
);
