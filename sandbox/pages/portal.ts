import { type Context, Hono } from "hono";
import type { Engine } from "#sandbox/engine";
import { onPage } from "#sandbox/pages/find-page";
import { type Html, notice, pageHeaders } from "#sandbox/pages/layout";
import { act, openPortal, ownSubscription, type Portal } from "#sandbox/pages/portal-acts";
import {
  cancelForm,
  cardForm,
  detailsForm,
  pauseForm,
  updateForm,
} from "#sandbox/pages/portal-forms";
import { homeView } from "#sandbox/pages/portal-view";
import type { World } from "#sandbox/world/world";

type Form = Record<string, unknown>;
type Shown = { show: Html | Promise<Html>; leadsTo: (string | null)[]; status: 200 | 404 | 410 };
type Step = Shown | { goTo: string };

/** The billing portal: a customer's own page, without a script. */
export function portalPages(engine: Engine): Hono {
  const pages = new Hono();
  const at = "/p/session/:key";
  const on = (context: Context, work: (world: World, portal: Portal) => Step) =>
    answer(
      context,
      onPage(engine, "billing_portal.session", context.req.param("key") ?? "", (world, id) => {
        const portal = openPortal(world, id);
        return portal === undefined ? ended : work(world, portal);
      }),
    );
  pages.get(at, (context) => {
    const said = context.req.query("said");
    return on(context, (world, portal) => opening(world, portal, said));
  });
  pages.get(`${at}/card`, (context) => on(context, (world, portal) => form(world, portal, "card")));
  pages.get(`${at}/details`, (context) =>
    on(context, (world, portal) => form(world, portal, "details")),
  );
  pages.get(`${at}/subscriptions/:subscription/:action{update|cancel|pause}`, (context) => {
    const { action, subscription } = context.req.param();
    return on(context, (world, portal) => form(world, portal, action, { subscription }));
  });
  pages.post(
    `${at}/:action{card|details|update|cancel|keep|pause|resume|stay|unplan}`,
    async (context) => {
      const sent = await context.req.parseBody();
      const { action } = context.req.param();
      return on(context, (world, portal) => press(world, portal, action, sent));
    },
  );
  return pages;
}

// A session made for one thing opens on it, and on the first page once that is done.
function opening(world: World, portal: Portal, said: string | undefined): Step {
  const { flow, url } = portal.session.object;
  if (flow === null || said !== undefined) {
    return shown(portal, homeView(world, portal, said === undefined ? undefined : words[said]));
  }
  const about = flow.subscription_cancel ?? flow.subscription_update;
  if (flow.type === "customer_update") return { goTo: `${url}/details` };
  if (flow.subscription_pause !== null) {
    return { goTo: `${url}/subscriptions/${flow.subscription_pause.subscription}/pause` };
  }
  if (flow.type === "payment_method_update") return { goTo: `${url}/card` };
  if (flow.type === "subscription_cancel" && about) {
    return { goTo: `${url}/subscriptions/${about.subscription}/cancel` };
  }
  const id = about?.subscription ?? flow.subscription_update_confirm?.subscription ?? "";
  const [item] = flow.subscription_update_confirm?.items ?? [];
  if (item === undefined) return { goTo: `${url}/subscriptions/${id}/update` };
  const wanted = {
    subscription: id,
    price: item.price ?? undefined,
    quantity: item.quantity === undefined ? undefined : String(item.quantity),
  };
  return form(world, portal, "update", wanted);
}

function form(world: World, portal: Portal, action: string, sent: Form = {}, error?: string): Step {
  const about = { world, portal, form: sent, error };
  if (action === "card") return shown(portal, cardForm(about));
  if (action === "details") return shown(portal, detailsForm(about));
  const row = ownSubscription(world, portal, String(sent.subscription ?? ""));
  if (row === undefined) return missing;
  const view = { cancel: cancelForm, pause: pauseForm }[action] ?? updateForm;
  return shown(portal, view(about, row.object));
}

function press(world: World, portal: Portal, action: string, sent: Form): Step {
  const result = act(world, portal, action, sent);
  if ("error" in result) {
    if (["keep", "resume", "stay", "unplan"].includes(action))
      return shown(portal, homeView(world, portal, result.error));
    return form(world, portal, action, sent, result.error);
  }
  const { flow, url } = portal.session.object;
  const after = flow?.after_completion;
  if (after?.type === "redirect" && after.redirect !== null) {
    return { goTo: after.redirect.return_url };
  }
  return { goTo: `${url}?said=${action}` };
}

const words: Record<string, string> = {
  card: "Your card is saved.",
  details: "Your details are saved.",
  update: "Your plan is changed.",
  cancel: "Your plan is canceled.",
  keep: "Your plan goes on.",
  pause: "Your plan is paused.",
  resume: "Your plan goes on.",
  stay: "Thank you for staying. Your discount is on your next invoice.",
  unplan: "Your plan stays as it is.",
};

function shown(portal: Portal, show: Html | Promise<Html>): Shown {
  const { flow, return_url } = portal.session.object;
  const leadsTo = [return_url, flow?.after_completion.redirect?.return_url ?? null];
  return { show, leadsTo, status: 200 };
}

const ended: Shown = {
  show: notice("This page has ended", "Open billing again from where you came."),
  leadsTo: [],
  status: 410,
};
const missing: Shown = {
  show: notice("No such page", "The address is wrong, or its world was reset."),
  leadsTo: [],
  status: 404,
};

async function answer(context: Context, step: Step | undefined): Promise<Response> {
  const found = step ?? missing;
  if ("goTo" in found) return context.redirect(found.goTo, 303);
  return context.body(String(await found.show), found.status, pageHeaders(found.leadsTo));
}
