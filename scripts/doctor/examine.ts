import type { Check, Outcome, Setup, Variables } from "#scripts/doctor/check";
import { databaseChecks } from "#scripts/doctor/database";
import { environmentChecks } from "#scripts/doctor/environment";
import { machineChecks } from "#scripts/doctor/machine";
import { reachChecks } from "#scripts/doctor/reach";
import { stripeChecks } from "#scripts/doctor/stripe";

/** Everything a setup needs, in the order in which a newcomer meets it. */
export const checks: Check[] = [
  ...machineChecks,
  ...environmentChecks,
  ...databaseChecks,
  ...stripeChecks,
  ...reachChecks,
];

export type Finding = { name: string } & Outcome;

/** Runs every check. What comes out holds no secret, whatever a server put into its answer. */
export async function examine(setup: Setup, all: Check[] = checks): Promise<Finding[]> {
  const findings = await Promise.all(
    all.map(async ({ name, run }) => (await run(setup)).map((outcome) => ({ name, ...outcome }))),
  );
  return findings.flat().map((finding) => redact(finding, setup.effective));
}

function redact(finding: Finding, variables: Variables): Finding {
  let text = JSON.stringify(finding);
  for (const secret of secretsOf(variables)) {
    text = text.replaceAll(JSON.stringify(secret).slice(1, -1), "[secret]");
  }
  return JSON.parse(text) as Finding;
}

/** Whole values of secret variables, and the passwords inside addresses. */
function secretsOf(variables: Variables): string[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!value) return [];
    if (/SECRET|_KEY$/.test(name)) return value.split(",").filter((part) => part.length >= 8);
    const password = /^\w+:\/\//.test(value) && URL.canParse(value) && new URL(value).password;
    return password ? [password, decodeURIComponent(password)] : [];
  });
}
