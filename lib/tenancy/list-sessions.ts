import { view } from "#lib/db/transaction";
import type { PersonContext } from "#lib/tenancy/context";

export type SignedInBrowser = {
  readonly id: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** True for the browser that asks. */
  readonly isCurrent: boolean;
};

/** Where the person is signed in, newest first. */
export async function listSessions(ctx: PersonContext): Promise<SignedInBrowser[]> {
  const rows = await view(ctx, (tx) =>
    tx.session.findMany({
      where: { userId: ctx.userId, revokedAt: null, expiresAt: { gt: ctx.now() } },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: 100,
    }),
  );
  return rows.map(({ id, createdAt, expiresAt, ip, userAgent }) => ({
    ...{ id, createdAt, expiresAt, ip, userAgent },
    isCurrent: id === ctx.sessionId,
  }));
}
