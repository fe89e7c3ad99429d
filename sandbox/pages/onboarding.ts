import { type Context, Hono } from "hono";
import { html } from "hono/html";
import type { Engine } from "#sandbox/engine";
import { emitThinEvent } from "#sandbox/events/emit";
import { onPage } from "#sandbox/pages/find-page";
import { type Html, mark, notice, page, pageHeaders } from "#sandbox/pages/layout";
import { get } from "#sandbox/protocol/route";
import { completeOnboarding } from "#sandbox/resources/onboarding";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Link = Row<"v2.core.account_link">;
type Step = { goTo: string } | { show: Html | Promise<Html>; leadsTo: string[] };

/** The hosted onboarding that an account link opens, once. */
export function onboardingPages(engine: Engine): Hono {
  const pages = new Hono();
  const path = "/connect/onboarding/:link";
  const on = (context: Context, work: (world: World, link: Link) => Step) =>
    answer(
      context,
      onPage(engine, "v2.core.account_link", context.req.param("link") ?? "", (world, id) =>
        work(world, get(world, "v2.core.account_link", id)),
      ),
    );
  pages.get(path, (context) => on(context, openLink));
  pages.post(path, async (context) => {
    const { answer: said } = await context.req.parseBody();
    return on(context, (world, link) => leave(world, link, said === "complete"));
  });
  return pages;
}

// A link that was opened before, or too late, leads to where a new one is made.
function openLink(world: World, link: Link): Step {
  const { refresh_url, return_url } = leadsOf(link.object);
  const isLate = Date.parse(link.object.expires_at) < world.now() * 1000;
  if (link.hidden.state !== "fresh" || isLate) return { goTo: refresh_url };
  link.hidden = { state: "opened" };
  world.save(link);
  const account = get(world, "v2.core.account", link.object.account).object;
  return { show: onboardingView(account), leadsTo: [refresh_url, return_url] };
}

function leave(world: World, link: Link, isComplete: boolean): Step {
  const { refresh_url, return_url } = leadsOf(link.object);
  if (link.hidden.state !== "opened") return { goTo: refresh_url };
  link.hidden = { state: "used" };
  world.save(link);
  const { account, use_case } = link.object;
  if (isComplete) completeOnboarding(world, account);
  emitThinEvent(world, "v2.core.account_link.returned", undefined, {
    account_id: account,
    configurations: get(world, "v2.core.account", account).object.applied_configurations,
    use_case: use_case.type,
  });
  return { goTo: return_url };
}

function leadsOf({ use_case }: ObjectOf<"v2.core.account_link">) {
  const { refresh_url = "/", return_url = refresh_url } =
    use_case.account_onboarding ?? use_case.account_update ?? {};
  return { refresh_url, return_url };
}

function onboardingView(account: ObjectOf<"v2.core.account">): Html | Promise<Html> {
  const asked = [
    ...Object.keys(account.configuration?.merchant?.capabilities ?? {}),
    ...(account.configuration?.recipient === undefined ? [] : ["transfers"]),
  ].map((name) => name.replaceAll("_", " "));
  const due = (account.requirements?.entries ?? []).map(({ description }) => description);
  return page(
    "Onboarding",
    html`<main class="notice">
      ${mark()}
      <h1>Tell Stripe about ${account.display_name ?? "your business"}</h1>
      <p>
        Stripe would ask here who owns the business, check documents and take a bank account. This
        server pretends: it takes no details, and completing turns on what was asked for.
      </p>
      <dl>
        <div><dt>Country</dt><dd>${(account.identity?.country ?? "us").toUpperCase()}</dd></div>
        <div><dt>Asked for</dt><dd>${asked.join(", ") || "nothing yet"}</dd></div>
        <div><dt>Still needed</dt><dd>${due.join(", ") || "nothing"}</dd></div>
      </dl>
      <form method="post" class="choices">
        <button class="button" type="submit" name="answer" value="complete">
          Complete onboarding
        </button>
        <button class="button quiet" type="submit" name="answer" value="later">
          Save for later
        </button>
      </form>
    </main>`,
  );
}

async function answer(context: Context, step: Step | undefined): Promise<Response> {
  if (step === undefined) {
    const text = "The address is wrong, or its world was reset.";
    return context.body(String(await notice("No such link", text)), 404, pageHeaders());
  }
  if ("goTo" in step) return context.redirect(step.goTo, 303);
  return context.body(String(await step.show), 200, pageHeaders(step.leadsTo));
}
