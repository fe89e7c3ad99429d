import { z } from "zod";
import { revokeInvitation } from "#lib/tenancy/revoke-invitation";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  permission: "members:invite",
  summary: "Revoke an invitation",
  params: z.object({ invitation: z.string() }),
  run: (ctx, { params }) => revokeInvitation(ctx, { invitationId: params.invitation }),
});
