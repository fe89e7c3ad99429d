import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Session = ObjectOf<"checkout.session">;
interface Sent {
  ui_mode?: "embedded_page" | "hosted_page";
  return_url?: string;
  redirect_on_completion?: "always" | "if_required" | "never";
  success_url?: string;
  cancel_url?: string;
}

/** Makes a session one that is shown inside the shop's own page: it has a secret and no address,
 *  and leads to `return_url` when it is done. */
export function embed(world: World, session: Session, sent: Sent): Session {
  if (sent.ui_mode !== "embedded_page") {
    if (sent.return_url === undefined) return session;
    const message = "`return_url` can only be set when `ui_mode` is `embedded_page`.";
    throw invalidRequest(message, undefined, "return_url");
  }
  const hosted = ["success_url", "cancel_url"].find((name) => sent[name as "cancel_url"]);
  if (hosted !== undefined) {
    const message = `\`${hosted}\` is not allowed when \`ui_mode\` is \`embedded_page\`.`;
    throw invalidRequest(message, undefined, hosted);
  }
  const leads = sent.redirect_on_completion ?? "always";
  if (leads !== "never" && sent.return_url === undefined) {
    throw invalidRequest("Missing required param: return_url.", "parameter_missing", "return_url");
  }
  return {
    ...session,
    client_secret: `${session.id}_${world.newId("secret")}`,
    redirect_on_completion: leads,
    return_url: sent.return_url ?? null,
    success_url: null,
    ui_mode: "embedded_page",
    url: null,
  } as Session;
}
