import { FileBody, upload } from "#sandbox/protocol/file-body";
import {
  boolean,
  integer,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { keepFile } from "#sandbox/reporting/keep-file";
import { makeLink } from "#sandbox/resources/file-links";
import { show } from "#sandbox/store/views";

const purpose = oneOf([
  "account_requirement",
  "additional_verification",
  "business_icon",
  "business_logo",
  "customer_signature",
  "dispute_evidence",
  "identity_document",
  "pci_document",
  "tax_document_user_upload",
  "terminal_reader_splashscreen",
]);

const linkData = shape({
  create: required(boolean),
  expires_at: integer,
  metadata: unsettable(metadata),
});

/** `/v1/files`: what was uploaded, and the reports that were made. */
export const fileRoutes: Routes = {
  "POST /v1/files": route(
    { file: required(upload), purpose: required(purpose), file_link_data: linkData },
    (world, params) => {
      const { name, contentType, base64 } = params.file;
      const facts = { filename: name, purpose: params.purpose, contentType, base64 };
      const file = keepFile(world, facts);
      const { create, ...sent } = params.file_link_data ?? { create: false };
      if (create) makeLink(world, file, sent, "file_link_data[create]");
      return show(world, file);
    },
  ),
  "GET /v1/files": listRoute(
    "file",
    "/v1/files",
    { purpose: text },
    (_world, { purpose: key }) => ({
      key,
    }),
  ),
  "GET /v1/files/:id": retrieveRoute("file"),
  "GET /v1/files/:id/contents": route({}, (world, _params, { id }) => {
    const { hidden } = get(world, "file", id);
    return new FileBody(Buffer.from(hidden.base64, "base64"), hidden.contentType);
  }),
};
