import type { Html } from "#sandbox/pages/layout";
import type { World } from "#sandbox/world/world";

/** One look at an embedded component: whose it is, what its session allows, and what is shown. */
export interface Visit {
  /** The connected account's own world. */
  world: World;
  account: string;
  features: Readonly<Record<string, boolean>>;
  /** What the page around told the element, and where in it the person is. */
  query: Readonly<Record<string, string>>;
  /** The component's address, without a query. */
  path: string;
  /** What the last act said, or why it was refused. */
  said?: string;
  error?: string;
}

/** What a person sent: a form's fields by name. */
export type Form = Readonly<Record<string, string>>;

/** What an act did: what to say, where to go, and what to tell the page around. */
export interface Done {
  said?: string;
  /** Changes to the query: null takes a name out. */
  goTo?: Record<string, string | null>;
  events?: readonly Event[];
}

/** A callback of the element, by Stripe's name without `setOn`, and what it is called with. */
export type Event = readonly [name: string, detail: unknown];

/** What is shown, and what the page around is told with it. */
export interface View {
  title: string;
  body: Html | Promise<Html>;
  events?: readonly Event[];
}

/** Something a component can do. Without its feature it is neither shown nor obeyed. */
export interface Act {
  feature?: string;
  run(visit: Visit, form: Form): Done;
}

/** Something to download. */
export interface Download {
  name: string;
  contentType: string;
  body: string | Uint8Array;
}

/** An embedded component: what it shows of an account, and what can be done in it. */
export interface Component {
  view(visit: Visit): View;
  acts?: Readonly<Record<string, Act>>;
  downloads?: Readonly<Record<string, (visit: Visit) => Download>>;
}

/** The address of the same component elsewhere in it. A null takes a name out of the query. */
export function linkTo(visit: Visit, changes: Record<string, string | null>): string {
  const query = Object.entries({ ...visit.query, ...changes }).filter(
    ([, value]) => value !== null,
  );
  const text = new URLSearchParams(query as [string, string][]).toString();
  return text === "" ? visit.path : `${visit.path}?${text}`;
}

/** Whether the session lets this be done. */
export function allows(visit: Visit, feature: string | undefined): boolean {
  return feature === undefined || visit.features[feature] === true;
}
