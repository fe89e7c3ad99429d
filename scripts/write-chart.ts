import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sayCatalogue } from "#lib/ledger-rules/say-catalogue";

// docs/chart-of-accounts.md is made from the tables it is about:
// node --conditions=react-server scripts/write-chart.ts
const page = new URL("../docs/chart-of-accounts.md", import.meta.url);
writeFileSync(fileURLToPath(page), sayCatalogue());
