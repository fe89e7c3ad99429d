import type { Json } from "#sandbox/console/columns";
import type { Field } from "#sandbox/console/form";
import type { Kind } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** What a form sent. */
export type Sent = Record<string, string>;

/** A call of the API or of the admin plane, as any program could make it. */
export interface ActCall {
  plane: "api" | "admin";
  /** The method and path; of the admin plane as its table has it, with `:id`. */
  name: string;
  body?: Record<string, unknown>;
}

/** Something a person can do to an object. */
export interface Act {
  name: string;
  label: string;
  isDanger?: boolean;
  /** Whether it can be done now. */
  when(object: Json): boolean;
  /** What it will do, said before it is done. */
  effect(object: Json, world: World): string;
  fields?(object: Json): readonly Field[];
  call(id: string, sent: Sent, object: Json): ActCall;
  /** Where to look afterwards, if not at the object. */
  leadsTo?: "list";
}

/** What can be done, by kind. */
export type Acts = Partial<Record<Kind, readonly Act[]>>;

/** A call of the API as a form body: empty fields are not sent. */
export function api(name: string, body: Record<string, unknown> = {}): ActCall {
  const sent = Object.entries(body).filter(([, value]) => value !== "" && value !== undefined);
  return { plane: "api", name, body: Object.fromEntries(sent) };
}

/** A call of the admin plane: empty fields are not sent. */
export function admin(name: string, body: Record<string, unknown> = {}): ActCall {
  return { ...api(name, body), plane: "admin" };
}

/** A whole number from a form, or nothing. */
export function numberFrom(text: string | undefined): number | undefined {
  return text === undefined || text.trim() === "" ? undefined : Number(text);
}
