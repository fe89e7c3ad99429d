import type Stripe from "stripe";
import { expect, test } from "vitest";
import { rowsOf } from "#tests/sandbox/try-card";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;
const mandate_data = {
  customer_acceptance: {
    type: "online" as const,
    online: { ip_address: "127.0.0.1", user_agent: "test" },
  },
};

/** The account numbers of https://docs.stripe.com/testing#non-card-payments, with what becomes of a
 *  debit of each. */
const usAccounts = rowsOf(`
  succeeded             |                                     | 000123456789 | pm_usBankAccount_success
  requires_payment_method | account_closed                    | 000111111113 | pm_usBankAccount_accountClosed
  requires_payment_method | no_account                        | 000111111116 | pm_usBankAccount_noAccount
  requires_payment_method | insufficient_funds                | 000222222227 | pm_usBankAccount_insufficientFunds
  requires_payment_method | debit_not_authorized              | 000333333335 | pm_usBankAccount_debitNotAuthorized
  requires_payment_method | invalid_currency                  | 000444444440 | pm_usBankAccount_invalidCurrency
  requires_payment_method | charge_exceeds_weekly_limit       | 000777777771 | pm_usBankAccount_weeklyLimitExceeded
  requires_payment_method | tokenized_account_number_deactivated | 000888888885 |
  processing              |                                   | 000000000009 | pm_usBankAccount_processing
  disputed                |                                   | 000555555559 | pm_usBankAccount_dispute
`);

/** Stripe's test IBANs, by country: success, successDelayed, failed, failedDelayed, disputed,
 *  exceedsWeeklyVolumeLimit, exceedsWeeklyTransactionLimit and insufficientFunds. */
const ibans = `
  AT AT611904300234573201 AT321904300235473204 AT861904300235473202 AT051904300235473205
    AT591904300235473203 AT981904300000343434 AT601904300000121212 AT981904300002222227
  BE BE62510007547061 BE78510007547064 BE68539007547034 BE51510007547065
    BE08510007547063 BE90510000343434 BE52510000121212 BE90510002222227
  HR HR7624020064583467589 HR6323600002337876649 HR2725000096983499248 HR6723600004878117427
    HR8724840081455523553 HR7424020060000343434 HR3624020060000121212 HR7424020060002222227
  EE EE382200221020145685 EE222200221020145682 EE762200221020145680 EE922200221020145683
    EE492200221020145681 EE672200000000343434 EE292200000000121212 EE672200000002222227
  FI FI2112345600000785 FI3712345600000788 FI9112345600000786 FI1012345600000789
    FI6412345600000787 FI6712345600343434 FI2912345600121212 FI6712345602222227
  FR FR1420041010050500013M02606 FR3020041010050500013M02609 FR8420041010050500013M02607 FR7920041010050500013M02600
    FR5720041010050500013M02608 FR9720041010050000000343434 FR5920041010050000000121212 FR9720041010050000002222227
  DE DE89370400440532013000 DE08370400440532013003 DE62370400440532013001 DE78370400440532013004
    DE35370400440532013002 DE65370400440000343434 DE27370400440000121212 DE65370400440002222227
  GI GI60MPFS599327643783385 GI08RRNW626436291644533 GI41SAFA461293238477751 GI50LROG772261344693297
    GI26KJBC361883934534696 GI14NWBK000000000343434 GI73NWBK000000000121212 GI14NWBK000000002222227
  IE IE29AIBK93115212345678 IE24AIBK93115212345671 IE02AIBK93115212345679 IE94AIBK93115212345672
    IE51AIBK93115212345670 IE10AIBK93115200343434 IE69AIBK93115200121212 IE10AIBK93115202222227
  LI LI0508800636123378777 LI4408800387787111369 LI1208800143823175626 LI4908800356441975566
    LI7708800125525347723 LI2408800000000343434 LI8308800000000121212 LI2408800000002222227
  LT LT121000011101001000 LT281000011101001003 LT821000011101001001 LT981000011101001004
    LT551000011101001002 LT591000000000343434 LT211000000000121212 LT591000000002222227
  LU LU280019400644750000 LU440019400644750003 LU980019400644750001 LU170019400644750004
    LU710019400644750002 LU900010000000343434 LU520010000000121212 LU900010000002222227
  NL NL39RABO0300065264 NL55RABO0300065267 NL91ABNA0417164300 NL28RABO0300065268
    NL82RABO0300065266 NL27RABO0000343434 NL86RABO0000121212 NL27RABO0002222227
  NO NO9386011117947 NO8886011117940 NO6686011117948 NO6186011117941
    NO3986011117949 NO0586010343434 NO6486010121212 NO0586012222227
  PT PT50000201231234567890154 PT66000201231234567890157 PT23000201231234567890155 PT39000201231234567890158
    PT93000201231234567890156 PT05000201230000000343434 PT64000201230000000121212 PT05000201230000002222227
  ES ES0700120345030000067890 ES2300120345030000067893 ES9121000418450200051332 ES9300120345030000067894
    ES5000120345030000067892 ES1700120345000000343434 ES7600120345000000121212 ES1700120345000002222227
  SE SE3550000000054910000003 SE5150000000054910000006 SE0850000000054910000004 SE2450000000054910000007
    SE7850000000054910000005 SE2850000000000000343434 SE8750000000000000121212 SE2850000000000002222227
  CH CH9300762011623852957 CH8656663438253651553 CH5362200119938136497 CH1843597160341964438
    CH1260378413965193069 CH1800762000000343434 CH7700762000000121212 CH1800762000002222227
  GB GB82WEST12345698765432 GB98WEST12345698765435 GB55WEST12345698765433 GB71WEST12345698765436
    GB28WEST12345698765434 GB70WEST12345600343434 GB32WEST12345600121212 GB70WEST12345602222227
`;
const behaviours = rowsOf(`
  success                       | succeeded               |                             |
  successDelayed                | succeeded               |                             | slow
  failed                        | requires_payment_method | generic_could_not_process   |
  failedDelayed                 | requires_payment_method | generic_could_not_process   | slow
  disputed                      | disputed                |                             |
  exceedsWeeklyVolumeLimit      | requires_payment_method | charge_exceeds_source_limit |
  exceedsWeeklyTransactionLimit | requires_payment_method | charge_exceeds_weekly_limit |
  insufficientFunds             | requires_payment_method | insufficient_funds          |
`);

const wait = (name: string, seconds = 3) =>
  sandbox.admin("/clock", { advance_seconds: seconds }, name);

function debit(stripe: Stripe, payment_method: string, currency: string) {
  return stripe.paymentIntents.create({
    ...{ amount: 10_000, currency, payment_method, confirm: true, mandate_data },
  });
}

// What a debit came to: its state, or that it was disputed, and why it failed.
async function endOf(stripe: Stripe, id: string): Promise<[string, string]> {
  const intent = await stripe.paymentIntents.retrieve(id, { expand: ["latest_charge"] });
  const charge = intent.latest_charge as Stripe.Charge | null;
  const disputes = await stripe.disputes.list({ payment_intent: id });
  const state = disputes.data.length > 0 ? "disputed" : intent.status;
  return [state, charge?.failure_code ?? intent.last_payment_error?.code ?? ""];
}

function typedAccount(stripe: Stripe, account_number: string) {
  return stripe.paymentMethods.create({
    type: "us_bank_account",
    us_bank_account: {
      ...{ account_holder_type: "individual", account_number, routing_number: "110000000" },
    },
    billing_details: { name: "Ada" },
  });
}

test("every test account of a US bank ends as its table says, by its number and its name", async () => {
  const stripe = sandbox.client("us");
  for (const [state = "", code = "", number = "", name = ""] of usAccounts) {
    const typed = await debit(stripe, (await typedAccount(stripe, number)).id, "usd");
    expect(typed.next_action?.type, number).toBe("verify_with_microdeposits");
    await stripe.paymentIntents.verifyMicrodeposits(typed.id, { amounts: [32, 45] });
    const named = name === "" ? [] : [await debit(stripe, name, "usd")];
    await wait("us");
    for (const { id } of [typed, ...named]) {
      expect(await endOf(stripe, id), `${number} ${name}`).toEqual([state, code]);
    }
  }
});

test("a debit that Radar thinks too risky never reaches its bank", async () => {
  const stripe = sandbox.client("usrisk");
  const error = await debit(stripe, "pm_usBankAccount_riskLevelHighest", "usd").catch(failure);
  expect(error).toMatchObject({
    statusCode: 402,
    code: "card_declined",
    decline_code: "fraudulent",
  });
  const typed = await debit(stripe, (await typedAccount(stripe, "000000004954")).id, "usd");
  await expect(
    stripe.paymentIntents.verifyMicrodeposits(typed.id, { descriptor_code: "SM11AA" }),
  ).resolves.toMatchObject({ status: "requires_payment_method" });
  const [charge] = (await stripe.charges.list()).data;
  expect(charge).toMatchObject({
    status: "failed",
    outcome: { type: "blocked", reason: "highest_risk_level", risk_level: "highest" },
  });
});

test("small deposits that do not arrive end a payment and a setup", async () => {
  const stripe = sandbox.client("usfail");
  for (const method of [
    (await typedAccount(stripe, "000666666661")).id,
    "pm_usBankAccount_failMicrodeposits",
  ]) {
    const { id } = await debit(stripe, method, "usd");
    await wait("usfail");
    expect(await endOf(stripe, id), method).toEqual([
      ...["requires_payment_method", "payment_method_microdeposit_failed"],
    ]);
  }
  const setup = await stripe.setupIntents.create({
    ...{ payment_method: "pm_usBankAccount_failMicrodeposits", confirm: true, mandate_data },
  });
  expect(setup.status).toBe("requires_action");
  await wait("usfail");
  expect(await stripe.setupIntents.retrieve(setup.id)).toMatchObject({
    status: "requires_payment_method",
    last_setup_error: { code: "payment_method_microdeposit_failed" },
  });
});

const countries = ibans
  .trim()
  .split(/\n {2}(?! )/)
  .map((line) => line.trim().split(/\s+/));

test("the test IBANs are of nineteen countries", () => {
  expect(countries).toHaveLength(19);
});

test.each(countries.map(([country = "", ...numbers]) => ({ country, numbers })))(
  "every test IBAN of $country ends as its table says, by itself and by its name",
  async ({ country, numbers }) => {
    const world = `sepa_${country}`;
    const stripe = sandbox.client(world);
    expect(numbers).toHaveLength(behaviours.length);
    const tried: { id: string; place: number }[] = [];
    for (const [place, iban] of numbers.entries()) {
      const typed = await stripe.paymentMethods.create({
        ...{ type: "sepa_debit", sepa_debit: { iban } },
        billing_details: { name: "Ada", email: "ada@acme.test" },
      });
      expect(typed.sepa_debit).toMatchObject({ country, last4: iban.slice(-4) });
      const name = `pm_sepaDebit_${behaviours[place]?.[0]}_${country.toLowerCase()}`;
      for (const method of [typed.id, name]) {
        const { id, status } = await debit(stripe, method, "eur");
        expect(status, `${iban} as ${method}`).toBe("processing");
        tried.push({ id, place });
      }
    }
    await wait(world);
    for (const { id, place } of tried) {
      const [name, state = "", code = "", speed] = behaviours[place] ?? [];
      const ended = speed === "slow" ? ["processing", ""] : [state, code];
      expect(await endOf(stripe, id), name).toEqual(ended);
    }
    await wait(world, 180);
    for (const { id, place } of tried) {
      const [name, state = "", code = ""] = behaviours[place] ?? [];
      expect(await endOf(stripe, id), `${name}, later`).toEqual([state, code]);
    }
  },
);

test("the IBAN that cannot be used makes no payment method", async () => {
  const made = sandbox.client("unusable").paymentMethods.create({
    ...{ type: "sepa_debit", sepa_debit: { iban: "AT511904300000066666" } },
    billing_details: { name: "Ada", email: "ada@acme.test" },
  });
  expect(await made.catch(failure)).toMatchObject({
    statusCode: 400,
    code: "bank_account_unusable",
  });
});
