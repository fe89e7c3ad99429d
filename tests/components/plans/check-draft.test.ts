import { expect, test } from "vitest";
import { checkDraft } from "#components/plans/check-draft";
import { chooseModel, type DraftForm, emptyComponent } from "#components/plans/draft-form";

const about = { kind: "base", meterKeys: ["api_calls"] } as const;

function draft(): DraftForm {
  const flat = emptyComponent("flat", "flat", ["usd/month"], []);
  const usage = emptyComponent("usage", "usage", ["usd/month"], []);
  flat.prices["usd/month"]!.unit = "49";
  usage.prices["usd/month"]!.unit = "0.0005";
  return {
    offers: ["usd/month"],
    components: [flat, { ...usage, meterKey: "api_calls" }],
    ...{ trialDays: "0", trialNeedsCard: true, features: [] },
  };
}

function found(change: (form: DraftForm) => void) {
  const form = draft();
  change(form);
  return Object.fromEntries(checkDraft(form, about).map((one) => [one.field, one]));
}

test("a whole draft has nothing wrong with it", () => {
  expect(checkDraft(draft(), about)).toEqual([]);
});

test("a figure that is no amount is named at its field, in the words it was typed in", () => {
  const field = "components.0.prices.0.unitMinor";
  const words = (text: string) =>
    found((form) => {
      form.components[0]!.prices["usd/month"]!.unit = text;
    })[field]?.message;
  expect(words("abc")).toBe("“abc” is no amount: write it like 12.50.");
  expect(words("")).toBe("Write an amount such as 12.50, or 0.");
  expect(words("-3")).toBe("Write 0 or more.");
});

test("what keeps it from being published does not keep it from being saved", () => {
  const problems = found((form) => {
    form.components[1]!.meterKey = "";
  });
  expect(problems["components.1.meterKey"]?.blocks).toBe("publish");
});

test("tiers that do not rise are named at the tier", () => {
  const problems = found((form) => {
    form.components[1] = chooseModel(form.components[1]!, "graduated");
    form.components[1].prices["usd/month"]!.tiers = [
      { id: "1", upTo: "10", unit: "1", flat: "" },
      { id: "2", upTo: "5", unit: "1", flat: "" },
      { id: "3", upTo: "", unit: "1", flat: "" },
    ];
  });
  expect(Object.keys(problems)).toEqual(["components.1.prices.0.tiers.1.upTo"]);
});

test("each field has one message, and the API's own shape is asked too", () => {
  const problems = found((form) => {
    form.components[0] = { ...form.components[0]!, name: "", key: "1 bad key" };
    form.trialDays = "soon";
  });
  expect(Object.keys(problems).sort()).toEqual([
    "components.0.key",
    "components.0.name",
    "trialDays",
  ]);
  expect(problems.trialDays?.message).toBe("Write a whole number, such as 14.");
  expect(problems["components.0.name"]?.message).toBe("This must not be empty.");
});
