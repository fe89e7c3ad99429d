import { emitThinEvent } from "#sandbox/events/emit";
import type { StripeError } from "#sandbox/protocol/errors";
import type { World } from "#sandbox/world/world";

type ReportedEvent = { event_name: string; identifier?: string };

/** What is reported later has codes of its own: those the types of its event list. */
const reportCodes: Record<string, string> = {
  resource_missing: "meter_event_customer_not_found",
  timestamp_in_future: "timestamp_in_future",
  timestamp_too_far_in_past: "timestamp_too_far_in_past",
};

/** Tells who listens to its meter of a streamed event that could not be counted. */
export function reportUsage(world: World, event: ReportedEvent, error: StripeError): void {
  const [meter] = world.list("billing.meter", { key: event.event_name, status: "active" });
  const type =
    meter === undefined
      ? "v1.billing.meter.no_meter_found"
      : "v1.billing.meter.error_report_triggered";
  const about =
    meter === undefined
      ? undefined
      : {
          id: meter.object.id,
          type: "billing.meter",
          url: `/v1/billing/meters/${meter.object.id}`,
        };
  const at = new Date(world.now() * 1000).toISOString();
  const known = reportCodes[error.body.code ?? ""] ?? "meter_event_invalid_value";
  const code = meter === undefined ? "no_meter" : known;
  emitThinEvent(world, type, about, {
    developer_message_summary: "There is 1 invalid event",
    reason: {
      error_count: 1,
      error_types: [
        {
          code,
          error_count: 1,
          sample_errors: [
            {
              error_message: error.message,
              request: { identifier: event.identifier ?? "" },
            },
          ],
        },
      ],
    },
    validation_end: at,
    validation_start: at,
  });
}
