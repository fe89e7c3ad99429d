import type Stripe from "stripe";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest, noSuch } from "#sandbox/protocol/errors";
import {
  integer,
  listOf as list,
  type Params,
  required,
  type Shape,
  shape,
  text,
} from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { type ReportType, reportTypes } from "#sandbox/reporting/report-types";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf, show } from "#sandbox/store/views";
import type { Stored } from "#sandbox/store/wire";
import type { World } from "#sandbox/world/world";

const fields = {
  report_type: required(text),
  parameters: shape({
    columns: list(text),
    connected_account: text,
    currency: currencyCode,
    interval_end: integer,
    interval_start: integer,
    payout: text,
    reporting_category: text,
    timezone: text,
  }),
} satisfies Shape;
type Parameters = NonNullable<Params<typeof fields>["parameters"]>;

const runs = "/v1/reporting/report_runs";
const types = "/v1/reporting/report_types";

/** `/v1/reporting`: what happened to money, as a table to download. */
export const reportingRoutes: Routes = {
  [`GET ${types}`]: route({}, (world) =>
    listOf(
      types,
      Object.entries(reportTypes).map(([id, type]) => typeShown(world, id, type)),
    ),
  ),
  [`GET ${types}/:id`]: route({}, (world, _params, { id = "" }) => {
    const type = reportTypes[id];
    if (type === undefined) throw noSuch("reporting report type", id);
    return typeShown(world, id, type);
  }),
  [`POST ${runs}`]: route(fields, (world, { report_type: id, parameters = {} }) => {
    const type = reportTypes[id];
    if (type === undefined) throw noSuch("reporting report type", id, "report_type");
    check(world, type, parameters);
    const object: ObjectOf<"reporting.report_run"> = {
      id: world.newId("frr"),
      object: "reporting.report_run",
      created: world.now(),
      error: null,
      livemode: false,
      parameters,
      report_type: id,
      result: null,
      status: "pending",
      succeeded_at: null,
    };
    world.insert("reporting.report_run", object, {});
    world.schedule("report.run", object.id, world.now());
    return show(world, object);
  }),
  [`GET ${runs}`]: listRoute("reporting.report_run", runs, {}, () => ({})),
  [`GET ${runs}/:id`]: retrieveRoute("reporting.report_run"),
};

function typeShown(
  world: World,
  id: string,
  type: ReportType,
): Stored<Stripe.Reporting.ReportType> {
  return {
    id,
    object: "reporting.report_type",
    data_available_end: world.now(),
    data_available_start: 0,
    default_columns: [...type.columns],
    livemode: false,
    name: type.name,
    updated: world.now(),
    version: 1,
  };
}

function check(world: World, type: ReportType, parameters: Parameters): void {
  const missing = type.needs.find((name) => parameters[name] === undefined);
  if (missing !== undefined) {
    const param = `parameters[${missing}]`;
    throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
  }
  const strange = parameters.columns?.find((name) => !type.columns.includes(name));
  if (strange !== undefined) {
    const message = `The report has no column '${strange}'.`;
    throw invalidRequest(message, undefined, "parameters[columns]");
  }
  const { interval_start: from, interval_end: to, connected_account: account, payout } = parameters;
  if (from !== undefined && to !== undefined && from >= to) {
    const message = "`interval_start` must be before `interval_end`.";
    throw invalidRequest(message, undefined, "parameters[interval_start]");
  }
  if (account !== undefined) get(world, "v2.core.account", account, "connected_account");
  const there = account === undefined ? world : world.as(account);
  if (payout !== undefined) get(there, "payout", payout, "parameters[payout]");
}
