type Told = { status: string; fullName: string; failureMessages: readonly string[] };
type File = { name: string; status: string; message: string; assertionResults: readonly Told[] };
export type Report = { testResults: readonly File[] };

export type Verdict =
  | { outcome: "killed"; by: string }
  | { outcome: "survived" }
  /** Neither: the mutant could not run, or nobody can say what stopped it. */
  | { outcome: "error"; why: string };

/** What is no program any more proves nothing of the tests, nor does one that hangs. */
const proveNothing = {
  "It is no code any more": /SyntaxError|ReferenceError/,
  "It is no SQL any more": /syntax error at|\b42(601|702|703|804|883|P01|P02)\b/,
  "It names what is not there": /(column|function|relation|operator|type) .* does not exist/,
  "A time was over": /^(Error: )?(Test|Hook) timed out in/,
} as const satisfies Record<string, RegExp>;

/** A mutant is killed where a test fails by its name, and for what it says. */
export function judge({ testResults }: Report, files: number, code: number): Verdict {
  const failed = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "failed");
  const faults = failed.map(({ fullName, failureMessages: [said = ""] }) => {
    const why = Object.entries(proveNothing).find(([, pattern]) => pattern.test(said))?.[0];
    return { fullName, said, why };
  });
  const proof = faults.find(({ why }) => why === undefined);
  if (proof) return { outcome: "killed", by: proof.fullName };
  const [fault] = faults;
  if (fault) {
    return { outcome: "error", why: `${fault.why}, in «${fault.fullName}»: ${fault.said}` };
  }
  const unloaded = testResults.find(({ status }) => status === "failed");
  if (unloaded) return { outcome: "error", why: `${unloaded.name}: ${unloaded.message}` };
  if (testResults.length < files) return { outcome: "error", why: "A test file did not run." };
  if (code !== 0) return { outcome: "error", why: "It failed outside any test." };
  return { outcome: "survived" };
}
