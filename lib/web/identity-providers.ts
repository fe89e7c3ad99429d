import GitHubProvider from "next-auth/providers/github";
import GoogleProvider from "next-auth/providers/google";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { env } from "#lib/env";

type Claims = { sub: string; name?: string; email?: string; email_verified?: boolean };

/** The other accounts people can sign in with: those this installation is configured for. */
export function identityProviders() {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = env();
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET } = env();
  return [
    ...(GOOGLE_CLIENT_ID && GOOGLE_CLIENT_SECRET
      ? [GoogleProvider({ clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET })]
      : []),
    ...(GITHUB_CLIENT_ID && GITHUB_CLIENT_SECRET
      ? [github(GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET)]
      : []),
    ...(OIDC_ISSUER && OIDC_CLIENT_ID && OIDC_CLIENT_SECRET
      ? [openIdConnect(OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET)]
      : []),
  ];
}

/** What a sign-in page offers: the id to sign in with, and the name on the button. */
export function offeredProviders(): { id: string; name: string }[] {
  return identityProviders().map(({ id, name }) => ({ id, name }));
}

/** GitHub's profile does not say whether its e-mail is verified; its list of e-mails does. */
function github(clientId: string, clientSecret: string) {
  return GitHubProvider({
    clientId,
    clientSecret,
    userinfo: {
      url: "https://api.github.com/user",
      async request({ client, tokens }) {
        const profile = await client.userinfo(tokens.access_token!);
        const answer = await fetch("https://api.github.com/user/emails", {
          headers: { authorization: `Bearer ${tokens.access_token}` },
        });
        const emails: unknown = answer.ok ? await answer.json() : [];
        const primary = (emails as { email: string; primary: boolean; verified: boolean }[]).find(
          (email) => email.primary && email.verified,
        );
        return { ...profile, email: primary?.email, email_verified: Boolean(primary) } as never;
      },
    },
  });
}

function openIdConnect(
  issuer: string,
  clientId: string,
  clientSecret: string,
): OAuthConfig<Claims> {
  return {
    id: "oidc",
    name: env().OIDC_NAME,
    type: "oauth",
    wellKnown: new URL(
      ".well-known/openid-configuration",
      issuer.endsWith("/") ? issuer : `${issuer}/`,
    ).href,
    authorization: { params: { scope: "openid email profile" } },
    idToken: true,
    checks: ["pkce", "state", "nonce"],
    clientId,
    clientSecret,
    profile: ({ sub, name, email }) => ({ id: sub, name: name ?? null, email: email ?? null }),
  };
}
