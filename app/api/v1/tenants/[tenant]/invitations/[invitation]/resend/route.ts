import { z } from "zod";
import { resendInvitation } from "#lib/tenancy/resend-invitation";
import { countInvitations } from "#lib/web/limit-invitations";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "members:invite",
  summary: "Send an invitation again",
  description: "Its earlier link stops working.",
  params: z.object({ invitation: z.string() }),
  run: async (ctx, { params }) => {
    await countInvitations(ctx, 1);
    return resendInvitation(ctx, { invitationId: params.invitation });
  },
});
