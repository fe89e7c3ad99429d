import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  either,
  integer,
  metadata,
  oneOf,
  required,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import {
  get,
  mergeMetadata,
  pageOf,
  pagingParams,
  type Routes,
  range,
  rangeQuery,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const url = "/v1/file_links";
// https://docs.stripe.com/api/file_links/create#create_file_link-file
const shareable = [
  ...["business_icon", "business_logo", "customer_signature", "dispute_evidence"],
  ...["finance_report_run", "financial_account_statement", "identity_document_downloadable"],
  ...["issuing_regulatory_reporting", "pci_document", "selfie", "sigma_scheduled_query"],
  ...["tax_document_user_upload", "terminal_android_apk", "terminal_reader_splashscreen"],
];

/** `/v1/file_links`: a file for whoever knows the link, until it expires. */
export const fileLinkRoutes: Routes = {
  [`POST ${url}`]: route(
    { expires_at: integer, file: required(text), metadata: unsettable(metadata) },
    (world, { file, ...sent }) =>
      show(world, makeLink(world, get(world, "file", file, "file").object, sent, "file")),
  ),
  [`GET ${url}`]: route(
    { ...pagingParams, created: range, expired: boolean, file: text },
    (world, { created, expired, file, ...paging }) => {
      const query = { ...(file === undefined ? {} : { parent: file }), ...rangeQuery(created) };
      const wanted = world
        .list("file_link", query)
        .filter(({ object }) => expired === undefined || isExpired(world, object) === expired);
      const ids = wanted.map(({ object }) => object.id);
      return pageOf(world, url, "file_link", { ids }, paging);
    },
  ),
  [`GET ${url}/:id`]: retrieveRoute("file_link"),
  [`POST ${url}/:id`]: route(
    {
      expires_at: unsettable(either(oneOf(["now"]), integer)),
      metadata: unsettable(metadata),
    },
    (world, { expires_at: at, metadata: sent }, { id }) => {
      const row = get(world, "file_link", id);
      const until = at === "now" ? world.now() : (laterThan(world, at ?? undefined) ?? null);
      row.object = {
        ...row.object,
        ...(at === undefined ? {} : { expires_at: until }),
        metadata: mergeMetadata(row.object.metadata, sent === null ? {} : sent),
      };
      return show(world, world.save(row).object);
    },
  ),
};

/** Makes a link to a file, if its purpose lets it be shared. */
export function makeLink(
  world: World,
  file: ObjectOf<"file">,
  sent: { expires_at?: number; metadata?: Record<string, string> | null },
  param: string,
): ObjectOf<"file_link"> {
  if (!shareable.includes(file.purpose)) {
    const message = `A file of the purpose '${file.purpose}' cannot be linked to.`;
    throw invalidRequest(message, undefined, param);
  }
  const object: ObjectOf<"file_link"> = {
    id: world.newId("link"),
    object: "file_link",
    created: world.now(),
    expired: false,
    expires_at: laterThan(world, sent.expires_at) ?? null,
    file: file.id,
    livemode: false,
    metadata: mergeMetadata({}, sent.metadata ?? undefined),
    url: `${world.origin}/links/${world.newId("fl_test")}`,
  };
  return world.insert("file_link", object, {}).object;
}

/** Whether a link leads nowhere any more. */
export function isExpired(world: World, { expires_at: at }: ObjectOf<"file_link">): boolean {
  return at !== null && at <= world.now();
}

function laterThan(world: World, at: number | undefined): number | undefined {
  if (at === undefined || at > world.now()) return at;
  throw invalidRequest("The `expires_at` must be in the future.", undefined, "expires_at");
}
