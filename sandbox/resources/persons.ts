import type Stripe from "stripe";
import { announceAccount, refreshAccount } from "#sandbox/connect/refresh-account";
import { emitThinEvent } from "#sandbox/events/emit";
import { noSuch } from "#sandbox/protocol/errors";
import {
  boolean,
  decimal,
  integer,
  listOf as list,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  mergeMetadata,
  pageOf,
  pageOfV2,
  pagingParams,
  type Routes,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { Stored } from "#sandbox/store/wire";
import type { World } from "#sandbox/world/world";

const fields = {
  address: shape({
    city: text,
    country: required(text),
    line1: text,
    line2: text,
    postal_code: text,
    state: text,
    town: text,
  }),
  date_of_birth: shape({
    day: required(integer),
    month: required(integer),
    year: required(integer),
  }),
  email: text,
  given_name: text,
  legal_gender: oneOf(["female", "male"]),
  metadata,
  nationalities: list(text),
  phone: text,
  political_exposure: oneOf(["existing", "none"]),
  relationship: shape({
    authorizer: boolean,
    director: boolean,
    executive: boolean,
    legal_guardian: boolean,
    owner: boolean,
    percent_ownership: decimal,
    representative: boolean,
    title: text,
  }),
  surname: text,
  additional_addresses: unbuilt,
  additional_names: unbuilt,
  additional_terms_of_service: unbuilt,
  documents: unbuilt,
  id_numbers: unbuilt,
  person_token: unbuilt,
  script_addresses: unbuilt,
  script_names: unbuilt,
} satisfies Shape;

type Person = ObjectOf<"v2.core.account_person">;
const url = "/v2/core/accounts/:id/persons";

/** `/v2/core/accounts/:id/persons`, and how v1 shows them. */
export const personRoutes: Routes = {
  [`POST ${url}`]: route(fields, (world, params, { id }) => {
    const account = get(world, "v2.core.account", id).object.id;
    const now = new Date(world.now() * 1000).toISOString();
    const object = {
      ...changed({}, params),
      ...{ id: world.newId("person"), object: "v2.core.account_person", account },
      ...{ created: now, livemode: false, updated: now },
    } as Person;
    world.insert("v2.core.account_person", object, {}, world.now());
    announce(world, object, "created");
    return object;
  }),
  [`GET ${url}`]: route({ limit: integer, page: text }, (world, paging, { id }) => {
    const query = { parent: get(world, "v2.core.account", id).object.id };
    const here = `/v2/core/accounts/${id}/persons`;
    return pageOfV2(world, here, "v2.core.account_person", query, paging, ({ object }) => object);
  }),
  [`GET ${url}/:id`]: route({}, (world, _params, path) => personIn(world, path).object),
  [`POST ${url}/:id`]: route(fields, (world, params, path) => {
    const row = personIn(world, path);
    const updated = new Date(world.now() * 1000).toISOString();
    row.object = { ...row.object, ...changed(row.object, params), updated };
    world.save(row);
    announce(world, row.object, "updated");
    return row.object;
  }),
  [`DELETE ${url}/:id`]: route({}, (world, _params, path) => {
    const row = personIn(world, path);
    world.remove(row);
    announce(world, row.object, "deleted");
    return { id: row.object.id, object: "v2.core.account_person" };
  }),
  "GET /v1/accounts/:id/persons": route(
    { ...pagingParams, relationship: unbuilt },
    (world, paging, { id }) => {
      const platform = world.as(world.namespace.account);
      const query = { parent: get(platform, "v2.core.account", id).object.id };
      const here = `/v1/accounts/${id}/persons`;
      return pageOf(platform, here, "v2.core.account_person", query, paging, ({ object }) =>
        personView(object),
      );
    },
  ),
  "GET /v1/accounts/:id/persons/:id": route({}, (world, _params, path) =>
    personView(personIn(world.as(world.namespace.account), path).object),
  ),
};

function changed(kept: Partial<Person>, sent: Params<typeof fields>): Partial<Person> {
  const { metadata: labels, address, relationship, ...plain } = sent;
  return {
    ...(plain as Partial<Person>),
    ...(address === undefined ? {} : { address: { ...kept.address, ...address } }),
    ...(relationship === undefined
      ? {}
      : { relationship: { ...kept.relationship, ...relationship } }),
    metadata: mergeMetadata(kept.metadata ?? {}, labels),
  };
}

function personIn(
  world: World,
  path: { id?: string; sub?: string },
): Row<"v2.core.account_person"> {
  const row = get(world, "v2.core.account_person", path.sub);
  if (row.object.account !== path.id) throw noSuch("person", path.sub ?? "");
  return row;
}

// Who is behind an account may be what it was asked for.
function announce(world: World, person: Person, what: "created" | "updated" | "deleted"): void {
  const { id, account } = person;
  const place = `/v2/core/accounts/${account}/persons/${id}`;
  const about = { id, type: "v2.core.account_person", url: place };
  emitThinEvent(world, `v2.core.account_person.${what}`, about, { account_id: account });
  world.as(account).emit(`person.${what}`, personView(person));
  announceAccount(world, account, "v2.core.account[identity].updated");
  refreshAccount(world, account);
}

function personView(person: Person): Stored<Stripe.Person> {
  const { date_of_birth: birth, relationship } = person;
  return {
    id: person.id,
    object: "person",
    account: person.account,
    created: Math.floor(Date.parse(person.created) / 1000),
    ...(birth === undefined ? {} : { dob: birth }),
    email: person.email ?? null,
    first_name: person.given_name ?? null,
    last_name: person.surname ?? null,
    metadata: person.metadata ?? {},
    phone: person.phone ?? null,
    relationship: {
      authorizer: relationship?.authorizer ?? null,
      director: relationship?.director ?? null,
      executive: relationship?.executive ?? null,
      legal_guardian: relationship?.legal_guardian ?? null,
      owner: relationship?.owner ?? null,
      percent_ownership: relationship?.percent_ownership
        ? Number(relationship.percent_ownership)
        : null,
      representative: relationship?.representative ?? null,
      title: relationship?.title ?? null,
    },
  };
}
