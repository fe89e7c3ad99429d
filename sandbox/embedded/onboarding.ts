import { html } from "hono/html";
import { satisfy } from "#sandbox/connect/demands";
import {
  type Act,
  type Component,
  type Event,
  linkTo,
  type Visit,
} from "#sandbox/embedded/component";
import { type Cell, state } from "#sandbox/embedded/parts";
import { accountOf, type StepName, stepFor, steps } from "#sandbox/embedded/requirement-forms";
import { invalidRequest } from "#sandbox/protocol/errors";
import { keepFile } from "#sandbox/reporting/keep-file";

type Entry = NonNullable<
  NonNullable<ReturnType<typeof accountOf>["requirements"]>["entries"]
>[number];

/** What can be done about requirements: give what a step asks for, or upload a document. */
export const requirementActs = {
  give: {
    run(visit, form) {
      const step = steps[form.step as StepName];
      if (step === undefined) throw invalidRequest("There is no such step.");
      step.apply(visit, form);
      return { said: `${step.title} is saved.`, goTo: { step: null, open: null } };
    },
  },
  upload: {
    run({ world, account }, { requirement = "", document = "" }) {
      if (document === "") throw invalidRequest("Choose a document to upload.");
      const { name, contentType, base64 } = JSON.parse(document) as {
        name: string;
        contentType: string;
        base64: string;
      };
      const purpose = "account_requirement" as const;
      keepFile(world, { filename: name, purpose, contentType, base64 });
      satisfy(world.as(world.namespace.account), account, requirement);
      return { said: `${name} is submitted.`, goTo: { open: null } };
    },
  },
  leave: { run: () => ({ said: "Saved for later.", events: [["Exit", undefined]] }) },
} satisfies Record<string, Act>;

/** `account-onboarding`: what Stripe still needs, form after form, resumed where it stopped. */
export const accountOnboarding: Component = {
  view(visit) {
    const entries = accountOf(visit).requirements?.entries ?? [];
    const wanted = onlyCurrent(visit) ? entries.filter(isCurrent) : entries;
    const [next] = wanted;
    const title = "Onboarding";
    if (next === undefined) {
      const body = html`<section class="card">
        <h2>Everything Stripe needs is there</h2>
        <p class="soft">Your account is ready.</p>
        <form method="post" action="${linkTo(visit, { act: "leave" })}"><button>Done</button></form>
      </section>`;
      return { title, body, events: [["StepChange", { step: "summary" }]] };
    }
    const current = stepFor(next.description);
    const events: Event[] = [["StepChange", { step: current ?? next.description }]];
    return {
      title,
      body: html`${progress(wanted, current)}${requirementForm(visit, next)}`,
      events,
    };
  },
  acts: requirementActs,
};

/** `notification-banner`: what is asked of the account, by when, and what stops otherwise. What
 *  one form gives is asked for once. Empty where nothing is. */
export const notificationBanner: Component = {
  view(visit) {
    const entries = accountOf(visit).requirements?.entries ?? [];
    const urgent = entries.filter(isCurrent);
    const events: Event[] = [
      ["NotificationsChange", { total: entries.length, actionRequired: urgent.length }],
    ];
    const open = entries.find(({ description }) => description === visit.query.open);
    const said = new Map(entries.map((entry) => [sentenceOf(entry) + effectOf(entry), entry]));
    const body = html`${[...said.values()].map(
      (entry) => html`<section class="banner" aria-label="Notification">
        <div class="row">
          <p><strong>${sentenceOf(entry)}</strong> ${effectOf(entry)}</p>
          ${state(entry.minimum_deadline.status)}
          ${
            entry === open
              ? ""
              : html`<a class="button quiet" href="${linkTo(visit, { open: entry.description })}">
                  Provide
                </a>`
          }
        </div>
        ${entry === open ? requirementForm(visit, entry) : ""}
      </section>`,
    )}`;
    return { title: "Notifications", body, events };
  },
  acts: requirementActs,
};

/** The form that meets a requirement. */
export function requirementForm(visit: Visit, entry: Entry): Cell {
  const name = stepFor(entry.description);
  if (name === undefined) return documentForm(visit, entry.description);
  const step = steps[name];
  return html`<form method="post" action="${linkTo(visit, { act: "give" })}">
    <h2>${step.title}</h2>
    <input type="hidden" name="step" value="${name}" />
    ${step.fields(accountOf(visit))}
    <div class="actions"><button type="submit">Continue</button></div>
  </form>
  <form method="post" action="${linkTo(visit, { act: "leave" })}">
    <button type="submit" class="quiet">Save for later</button>
  </form>`;
}

/** A requirement as a sentence. */
export function sentenceOf({ description }: Entry): string {
  const name = stepFor(description);
  if (name !== undefined) return steps[name].sentence;
  const what = description.replaceAll(/[._]/g, " ");
  return `Stripe needs a document: ${what}.`;
}

function documentForm(visit: Visit, requirement: string): Cell {
  return html`<form
    method="post"
    enctype="multipart/form-data"
    action="${linkTo(visit, { act: "upload" })}"
  >
    <h2>${requirement.replaceAll(/[._]/g, " ")}</h2>
    <input type="hidden" name="requirement" value="${requirement}" />
    <div class="field">
      <label for="document">Document</label>
      <input type="file" id="document" name="document" required />
    </div>
    <button type="submit">Submit</button>
  </form>`;
}

function progress(entries: readonly Entry[], current: StepName | undefined): Cell {
  const left = new Set(entries.map(({ description }) => stepFor(description)));
  return html`<ol class="steps" aria-label="Steps">
    ${Object.entries(steps).map(
      ([name, { title }]) =>
        html`<li ${name === current ? html`aria-current="step"` : ""}>
          ${left.has(name as StepName) ? "" : "✓ "}${title}
        </li>`,
    )}
  </ol>`;
}

function onlyCurrent({ query }: Visit): boolean {
  const options = query.collectionOptions;
  if (options === undefined) return false;
  return (JSON.parse(options) as { fields?: string }).fields !== "eventually_due";
}

function isCurrent({ minimum_deadline: { status } }: Entry): boolean {
  return status !== "eventually_due";
}

function effectOf({ minimum_deadline: { status }, impact }: Entry): string {
  const names = impact.restricts_capabilities?.map(({ capability }) => capability) ?? [];
  const stops = [...new Set(names)].map((name) => name.replaceAll(/[._]/g, " ")).join(", ");
  if (stops === "") return "";
  return status === "past_due" ? `Stopped: ${stops}.` : `Otherwise these stop: ${stops}.`;
}
