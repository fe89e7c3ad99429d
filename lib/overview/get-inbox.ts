import { view } from "#lib/db/transaction";
import { type InboxState, readInboxState } from "#lib/overview/inbox-state";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** How the inbox keeps up, for the page of its events. */
export async function getInbox(ctx: PlatformContext): Promise<InboxState> {
  requirePlatform(ctx, "events:read");
  return view(ctx, (tx) => readInboxState(tx, ctx.now()));
}
