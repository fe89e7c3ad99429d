import { z } from "zod";
import { resendInvitation } from "#lib/tenancy/resend-invitation";
import { route } from "#lib/web/route";

export const POST = route({
  who: "tenant",
  permission: "members:invite",
  limit: "invitation",
  params: z.object({ invitation: z.string() }),
  run: (ctx, { params }) => resendInvitation(ctx, { invitationId: params.invitation }),
});
