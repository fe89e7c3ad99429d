import { type Logger, pino } from "pino";
import { logLevel } from "#lib/env";

/**
 * What the processes say about themselves, one JSON line each. Never a secret: what may carry one
 * is cut out by name here, and nothing logs a body.
 */
export const logger: Logger = pino({
  level: logLevel(),
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  serializers: { error: pino.stdSerializers.err },
  redact: ["password", "token", "secret", "*.password", "*.token", "*.secret", "*.authorization"],
});
