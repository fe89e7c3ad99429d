import { invalidRequest } from "#sandbox/protocol/errors";
import { isObject, show, views } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Json = Record<string, unknown>;

/** Replaces ids by their objects along each path, in place. A path that leads nowhere is a 400. */
export function expand(world: World, answer: unknown, paths: readonly string[]): unknown {
  for (const path of paths) {
    const steps = path.split(".");
    const depth = steps[0] === "data" ? steps.length - 1 : steps.length;
    if (depth > 4) throw tooDeep(path);
    if (!expandOne(world, answer, steps, { place: "", id: "" })) throw cannotExpand(path);
  }
  return answer;
}

/** Whose part is looked at, and by what path it is reached. */
interface Owner {
  place: string;
  id: string;
}

/* True as soon as any object on the way knows the path, or there is nothing there to ask. */
function expandOne(world: World, here: unknown, steps: readonly string[], within: Owner): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  if (Array.isArray(here)) {
    return (
      here.length === 0 || here.map((each) => expandOne(world, each, steps, within)).some(Boolean)
    );
  }
  if (!isObject(here)) return here === null || here === undefined;

  const place = typeof here.object === "string" ? here.object : within.place;
  const id = typeof here.id === "string" ? here.id : within.id;
  const view = views[place];
  const include = view?.includes?.[step];
  if (include !== undefined && here[step] === undefined) {
    const found = include(world, id, here);
    // A price without tiers has none to show: the field stays absent.
    if (found !== undefined) here[step] = found;
  }
  const byPrefix = view?.expandsByPrefix?.[step];
  const kind = view?.expands?.[step] ?? byPrefix?.[prefixOf(here[step])];
  const value = here[step];
  if (kind !== undefined && typeof value === "string") here[step] = objectOf(world, kind, value);
  if (kind !== undefined && Array.isArray(value)) {
    here[step] = value.map((id) => (typeof id === "string" ? objectOf(world, kind, id) : id));
  }
  if (
    include === undefined &&
    kind === undefined &&
    byPrefix === undefined &&
    !isContainer(value)
  ) {
    return false;
  }

  const isPart = Array.isArray(value) || (isObject(value) && typeof value.object !== "string");
  const inner = isPart ? { place: `${place}.${step}`, id } : { place: "", id: "" };
  return expandOne(world, here[step], rest, inner);
}

function prefixOf(value: unknown): string {
  return typeof value === "string" ? (value.split("_")[0] ?? "") : "";
}

function isContainer(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function objectOf(world: World, kind: Parameters<World["find"]>[0], id: string): Json | string {
  const found = world.find(kind, id);
  if (found === undefined) return id;
  if (!found.isDeleted) return show(world, found.object);
  // A discount that is over still says what it was.
  const kept = kind === "discount" ? (found.object as unknown as Json) : {};
  return { ...kept, id, object: kind, deleted: true };
}

function cannotExpand(path: string) {
  return invalidRequest(
    `This property cannot be expanded (${path}). ` +
      "You may want to try expanding a different property.",
    undefined,
    "expand",
  );
}

function tooDeep(path: string) {
  return invalidRequest(
    `You cannot expand more than 4 levels of a property (${path}).`,
    undefined,
    "expand",
  );
}
