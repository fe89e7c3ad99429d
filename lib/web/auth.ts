import type { Account, AuthOptions, Profile } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import type { Context } from "#lib/context";
import { invariant, Refusal } from "#lib/errors";
import { logger } from "#lib/log";
import { closeSession } from "#lib/tenancy/close-session";
import { findIdentity } from "#lib/tenancy/find-identity";
import { findSession } from "#lib/tenancy/find-session";
import { linkIdentity } from "#lib/tenancy/link-identity";
import { openSession } from "#lib/tenancy/open-session";
import { sessionDays } from "#lib/tenancy/session";
import { contextOf } from "#lib/web/context";
import { identityProviders } from "#lib/web/identity-providers";
import { isSecure, sessionSecret } from "#lib/web/session-cookie";
import { signInWithPassword } from "#lib/web/sign-in";

declare module "next-auth/jwt" {
  interface JWT {
    sessionId?: string;
  }
}

const credentials = z.object({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(200),
});

/**
 * next-auth as we use it: it speaks with browsers and identity providers. Who may enter is decided
 * by our verbs, and its sealed cookie holds nothing but the id of our own session row.
 */
export function authOptions(headers: Headers): AuthOptions {
  const ctx = contextOf(headers);
  return {
    secret: sessionSecret(),
    useSecureCookies: isSecure(),
    session: { strategy: "jwt", maxAge: sessionDays * 86_400 },
    pages: { signIn: "/sign-in", error: "/sign-in", signOut: "/sign-in" },
    providers: [passwords(ctx), ...identityProviders()],
    callbacks: {
      signIn: ({ account, profile }) => admitIdentity(ctx, account, profile),
      jwt: ({ token, account }) =>
        account ? sealNewSession(ctx, account) : keepLiveSession(ctx, token.sessionId),
      // The browser learns that it is signed in and until when; who it is, pages tell it.
      session: ({ session }) => ({ expires: session.expires }),
    },
    events: { signOut: ({ token }) => endSession(ctx, token?.sessionId) },
    logger: {
      // A session that was revoked ends here as an error; to us it is the expected end.
      error: (code) => code === "JWT_SESSION_ERROR" || logger.error({ code }, "next-auth failed"),
      warn: (code) => logger.debug({ code }, "next-auth warns"),
      debug: () => {},
    },
  };
}

/** Its error message is what the sign-in form gets: `invalid` or `too_many:<seconds>`. */
function passwords(ctx: Context) {
  return CredentialsProvider({
    name: "E-mail and password",
    credentials: { email: { type: "email" }, password: { type: "password" } },
    async authorize(sent) {
      const input = credentials.safeParse(sent);
      if (!input.success) throw new Error("invalid");
      const id = await signInWithPassword(ctx, input.data).catch((error) => {
        const wait = error instanceof Refusal ? error.retryAfterSeconds : undefined;
        if (wait === undefined) logger.error({ error }, "a sign-in failed");
        throw new Error(wait === undefined ? "unavailable" : `too_many:${wait}`);
      });
      if (!id) throw new Error("invalid");
      return { id };
    },
  });
}

/** Lets a sign-in from elsewhere in, or sends it back to the sign-in page with the reason. */
async function admitIdentity(
  ctx: Context,
  account: Account | null,
  profile: Profile | undefined,
): Promise<string | true> {
  if (account?.type !== "oauth") return true;
  const claims = profile as (Profile & { email_verified?: unknown }) | undefined;
  try {
    await linkIdentity(ctx, {
      provider: account.provider,
      subject: account.providerAccountId,
      email: claims?.email ?? "",
      isEmailVerified: Boolean(claims?.email) && claims?.email_verified === true,
      name: claims?.name ?? "",
    });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return `/sign-in?error=${error.code === "conflict" ? "unverified_here" : "unverified_there"}`;
  }
}

async function sealNewSession(ctx: Context, account: Account) {
  const { type, provider, providerAccountId: subject } = account;
  const userId = type === "credentials" ? subject : await findIdentity(ctx, { provider, subject });
  invariant(userId, "who was let in is known");
  return { sessionId: await openSession(ctx, { userId }) };
}

async function keepLiveSession(ctx: Context, sessionId: string | undefined) {
  const isLive = sessionId && (await findSession(ctx, sessionId));
  if (!isLive) throw new Error("This session is over.");
  return { sessionId };
}

async function endSession(ctx: Context, sessionId: string | undefined): Promise<void> {
  if (sessionId) await closeSession(ctx, sessionId);
}
