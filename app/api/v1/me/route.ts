import { updateProfileInput } from "#lib/tenancy/input";
import { updateProfile } from "#lib/tenancy/update-profile";
import { route } from "#lib/web/route";

export const PATCH = route({
  who: "person",
  summary: "Change your name",
  body: updateProfileInput,
  run: (ctx, { body }) => updateProfile(ctx, body),
});
