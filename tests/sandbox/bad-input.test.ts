import { expect, test } from "vitest";
import { type Refused, testRefusals } from "#tests/sandbox/refusal-world";

const inYears = (years: number) => Math.floor(Date.now() / 1000) + years * 31_557_600;
const noKey = { authorization: "" };
const unknown = "parameter_unknown";
const missing = "parameter_missing";
const none = "resource_missing";

const keys: Refused[] = [
  { ask: "GET /v1/customers", headers: noKey, status: 401, says: /did not provide an API key/ },
  {
    ask: "GET /v1/customers",
    headers: { authorization: "Bearer nonsense" },
    status: 401,
    says: /Invalid API Key provided: \*+/,
  },
  {
    ask: "POST /v1/customers",
    headers: { authorization: "Bearer sk_live_abcdefghijkl" },
    status: 401,
    says: /Invalid API Key provided: sk_live_\*+ijkl/,
  },
  {
    ask: "GET /v1/customers",
    headers: { authorization: "Basic !!" },
    status: 401,
    says: /API key/i,
  },
  {
    ask: "GET /v1/customers",
    headers: { authorization: "Bearer pk_test_refusals" },
    status: 403,
    code: "secret_key_required",
    says: /publishable API key/,
  },
  {
    ask: "GET /v1/customers",
    headers: { "stripe-version": "yesterday" },
    status: 400,
    says: /Invalid Stripe API version: yesterday/,
  },
  {
    ask: "GET /v1/customers",
    headers: { "stripe-account": "acct_nobody" },
    status: 403,
    code: "account_invalid",
    says: /acct_nobody/,
  },
  {
    ask: "GET /v2/core/accounts",
    headers: { "stripe-context": "acct_nobody" },
    status: 403,
    code: "account_invalid",
    says: /acct_nobody/,
  },
];

const urls: Refused[] = [
  { ask: "GET /v1/nothing", status: 404, says: /Unrecognized request URL \(GET: \/v1\/nothing\)/ },
  { ask: "DELETE /v1/invoices", status: 404, says: /Unrecognized request URL \(DELETE/ },
  { ask: "PUT /v1/customers", sent: "name=A", status: 404, says: /URL \(PUT: \/v1\/customers\)/ },
  { ask: "PATCH /v1/customers/{customer}", sent: "name=A", status: 404, says: /URL \(PATCH/ },
  { ask: "POST /v1/balance", status: 404, says: /URL \(POST: \/v1\/balance\)/ },
  { ask: "GET /v1/tokens", status: 404, says: /URL \(GET: \/v1\/tokens\)/ },
  { ask: "PUT /v2/core/accounts", sent: {}, status: 404, says: /URL \(PUT/ },
  { ask: "POST /v3/customers", status: 404, says: /Unrecognized request URL/ },
  {
    ask: "GET /v1/terminal/readers",
    status: 501,
    type: "api_error",
    code: "not_built_in_local_stripe",
    says: /is not built/,
  },
  {
    ask: "GET /v1/customers/cus_none",
    status: 404,
    code: none,
    param: "id",
    says: /No such customer: 'cus_none'/,
  },
  {
    ask: "GET /v1/invoices/in_none",
    status: 404,
    code: none,
    param: "id",
    says: /No such invoice: 'in_none'/,
  },
  {
    ask: "GET /v1/payment_intents/pi_none",
    status: 404,
    code: none,
    param: "intent",
    says: /No such payment_intent: 'pi_none'/,
  },
  { ask: "GET /v1/customers/%20", status: 404, code: none, param: "id", says: /No such customer/ },
  { ask: "GET /v1/customers/%ff", status: 404, says: /Unrecognized request URL/ },
  { ask: "GET /v1/customers/%00", status: 404, code: none, param: "id", says: /No such customer/ },
  {
    ask: "GET /v1/checkout/sessions/cs_live_a1b2c3",
    ...{ status: 404, code: none, param: "id" },
    says: /a similar object exists in live mode, but a test mode key was used/,
  },
];

const bodies: Refused[] = [
  { ask: "POST /v2/core/accounts", sent: "{", status: 400, param: "body", says: /not valid JSON/ },
  {
    ask: "POST /v2/core/accounts",
    sent: "[1]",
    status: 400,
    param: "body",
    says: /must be a JSON object/,
  },
  {
    ask: "POST /v2/core/accounts",
    sent: "null",
    status: 400,
    param: "body",
    says: /must be a JSON object/,
  },
  {
    ask: "POST /v2/core/accounts",
    sent: '"text"',
    status: 400,
    param: "body",
    says: /must be a JSON object/,
  },
  { ask: "POST /v1/customers", sent: "name=%zz", status: 400, says: /Invalid %-encoding/ },
  {
    ask: "POST /v1/customers",
    sent: "metadata[a][b]=1",
    status: 400,
    param: "metadata[a]",
    says: /./,
  },
  { ask: "POST /v1/customers", sent: "metadata=text", status: 400, param: "metadata", says: /./ },
  { ask: "POST /v1/customers", sent: "name[first]=Ada", status: 400, param: "name", says: /./ },
  {
    ask: "POST /v1/customers",
    sent: `${"a[".repeat(60)}=1`,
    status: 400,
    code: unknown,
    param: "a",
    says: /unknown parameter: a/,
  },
  {
    ask: "POST /v1/customers",
    sent: "__proto__[x]=1",
    status: 400,
    code: unknown,
    param: "__proto__",
    says: /unknown parameter: __proto__/,
  },
  {
    ask: "POST /v1/customers",
    sent: "constructor=1",
    status: 400,
    code: unknown,
    param: "constructor",
    says: /unknown parameter: constructor/,
  },
];

const deep = `a${"[b]".repeat(20_000)}=1`;
const checkType = /check that your POST content type is application\/x-www-form-urlencoded/;
const forms: Refused[] = [
  ...["application/json", "text/plain", "application/xml", "application/octet-stream"].map(
    (type): Refused => ({
      ...{ ask: "POST /v1/customers", sent: '{"name":"Ada"}', status: 400, says: checkType },
      headers: { "content-type": type },
    }),
  ),
  {
    ...{ ask: "POST /v2/core/accounts", sent: "display_name=Shop", status: 400 },
    ...{ headers: { "content-type": "application/x-www-form-urlencoded" } },
    says: /check that your POST content type is application\/json/,
  },
  { ask: "POST /v1/customers", sent: "a".repeat(20 << 20), status: 413, says: /too large/ },
  { ask: "POST /v1/customers", sent: deep, status: 400, says: /nested too deeply/ },
  {
    ...{ ask: "POST /v2/core/accounts", status: 400, code: unknown, param: "a" },
    ...{ sent: `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`, says: /unknown parameter: a/ },
  },
  { ask: "POST /v1/customers", sent: "name=%ff%fe", status: 400, says: /it is not UTF-8/ },
  { ask: "GET /v1/customers?email=%c3%28", status: 400, says: /it is not UTF-8/ },
  {
    ...{ ask: "POST /v1/customers", sent: "name=a%00b", status: 400, param: "name" },
    ...{ code: "invalid_characters", says: /null byte or is not valid Unicode/ },
  },
  {
    ...{ ask: "POST /v1/customers", sent: "metadata[a]=%00", status: 400, param: "metadata[a]" },
    ...{ code: "invalid_characters", says: /null byte or is not valid Unicode/ },
  },
  {
    ...{ ask: "POST /v2/core/accounts", sent: '{"display_name":"\\ud800"}', status: 400 },
    ...{ param: "display_name", code: "invalid_characters" },
    says: /null byte or is not valid Unicode/,
  },
  {
    ...{ ask: "POST /v1/customers", sent: "metadata=text&metadata[a]=1", status: 400 },
    ...{ param: "metadata", says: /both as a value and as an object/ },
  },
  {
    ...{ ask: "POST /v1/files", sent: "x", status: 400, says: /boundary is missing/ },
    headers: { "content-type": "multipart/form-data" },
  },
  {
    ...{ ask: "POST /v1/files", sent: "--a\r\n", status: 400, says: /cut short/ },
    headers: { "content-type": "multipart/form-data; boundary=a" },
  },
  {
    ...{ ask: "POST /v1/customers", sent: "name=Ada", status: 400, says: /up to 255 characters/ },
    headers: { "idempotency-key": "k".repeat(256) },
  },
];

const parameters: Refused[] = [
  {
    ask: "POST /v1/customers",
    sent: { nme: "x" },
    status: 400,
    code: unknown,
    param: "nme",
    says: /Received unknown parameter: nme/,
  },
  {
    ask: "POST /v1/invoices",
    sent: { customer: "{customer}", bill: 1 },
    status: 400,
    code: unknown,
    param: "bill",
    says: /unknown parameter: bill/,
  },
  {
    ask: "POST /v1/prices",
    sent: { currency: "usd", unit_amount: 1, product_data: { nam: "x" } },
    status: 400,
    code: unknown,
    param: "product_data[nam]",
    says: /product_data\[nam\]/,
  },
  {
    ask: "POST /v2/core/accounts",
    sent: { nickname: "x" },
    status: 400,
    code: unknown,
    param: "nickname",
    says: /nickname/,
  },
  {
    ask: "POST /v1/products",
    sent: {},
    status: 400,
    code: missing,
    param: "name",
    says: /Missing required param: name/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { currency: "usd" },
    status: 400,
    code: missing,
    param: "amount",
    says: /Missing required param: amount/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: 100 },
    status: 400,
    code: missing,
    param: "currency",
    says: /currency/,
  },
  {
    ask: "POST /v1/subscriptions",
    sent: { customer: "{customer}" },
    status: 400,
    code: missing,
    param: "items",
    says: /items/,
  },
  {
    ask: "POST /v1/transfers",
    sent: { amount: 1, currency: "usd" },
    status: 400,
    code: missing,
    param: "destination",
    says: /destination/,
  },
  {
    ask: "POST /v1/payouts",
    sent: { currency: "usd" },
    status: 400,
    code: missing,
    param: "amount",
    says: /amount/,
  },
  {
    ask: "POST /v1/webhook_endpoints",
    sent: { url: "http://a.test" },
    status: 400,
    code: missing,
    param: "enabled_events",
    says: /enabled_events/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: "ten", currency: "usd" },
    status: 400,
    code: "parameter_invalid_integer",
    param: "amount",
    says: /Invalid integer: ten/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: "10.5", currency: "usd" },
    status: 400,
    code: "parameter_invalid_integer",
    param: "amount",
    says: /Invalid integer: 10.5/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: "1e3", currency: "usd" },
    status: 400,
    code: "parameter_invalid_integer",
    param: "amount",
    says: /Invalid integer: 1e3/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: "0x10", currency: "usd" },
    status: 400,
    code: "parameter_invalid_integer",
    param: "amount",
    says: /Invalid integer: 0x10/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: "", currency: "usd" },
    status: 400,
    code: "parameter_invalid_empty",
    param: "amount",
    says: /amount/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: 10, currency: "usd" },
    status: 400,
    code: "amount_too_small",
    param: "amount",
    says: /at least \$0.50|at least 50/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: -5, currency: "usd" },
    status: 400,
    code: "parameter_invalid_integer",
    param: "amount",
    says: /greater than or equal to 1|Invalid/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: 100_000_000_000, currency: "usd" },
    status: 400,
    code: "amount_too_large",
    param: "amount",
    says: /^Amount must be no more than \$999,999\.99$/,
  },
  ...[
    { sent: { amount: 100_000_000, currency: "jpy" }, says: /no more than ¥99,999,999$/ },
    { sent: { amount: 1_000_000_000, currency: "inr" }, says: /no more than ₹9,999,999\.99$/ },
    { sent: { amount: 1e12, currency: "idr" }, says: /no more than Rp9,999,999,999\.99$/ },
  ].map((row): Refused => {
    const refusal = { status: 400, code: "amount_too_large", param: "amount" };
    return { ask: "POST /v1/payment_intents", ...refusal, ...row };
  }),
  {
    ...{ ask: "POST /v1/payment_intents", sent: { amount: 29, currency: "gbp" }, status: 400 },
    ...{ code: "amount_too_small", param: "amount" },
    says: /^Amount must be at least £0\.30 gbp$/,
  },
  {
    ...{ ask: "POST /v1/charges", status: 400, code: "amount_too_large", param: "amount" },
    ...{ sent: { amount: 100_000_000, currency: "usd", source: "tok_visa" } },
    says: /no more than \$999,999\.99/,
  },
  {
    ...{ ask: "POST /v1/prices", status: 400, code: "amount_too_large", param: "unit_amount" },
    ...{ sent: { currency: "usd", product: "{product}", unit_amount: 100_000_000 } },
    says: /no more than \$999,999\.99/,
  },
  {
    ...{ ask: "POST /v1/invoiceitems", status: 400, code: "amount_too_large", param: "amount" },
    ...{ sent: { customer: "{customer}", amount: -100_000_000, currency: "usd" } },
    says: /no more than \$999,999\.99/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: 100, currency: "moon" },
    status: 400,
    param: "currency",
    says: /Invalid currency: moon/,
  },
  {
    ask: "POST /v1/payment_intents",
    sent: { amount: 100, currency: "usd", capture_method: "later" },
    status: 400,
    param: "capture_method",
    says: /capture_method: must be one of/,
  },
  {
    ask: "POST /v1/customers",
    sent: { email: "x".repeat(5001) },
    status: 400,
    param: "email",
    says: /at most 5000 characters/,
  },
  {
    ask: "POST /v1/customers",
    sent: { metadata: { ["k".repeat(41)]: "x" } },
    status: 400,
    param: `metadata[${"k".repeat(41)}]`,
    says: /keys can have up to 40 characters, but you passed in a key that is 41 characters/,
  },
  {
    ask: "POST /v1/customers",
    sent: { metadata: { k: "x".repeat(501) } },
    status: 400,
    param: "metadata[k]",
    says: /values can have up to 500 characters, but you passed in a value that is 501 char/,
  },
  {
    ask: "POST /v1/customers",
    sent: {
      metadata: Object.fromEntries(Array.from({ length: 51 }, (_, place) => [`k${place}`, "x"])),
    },
    status: 400,
    param: "metadata",
    says: /^Metadata can have up to 50 keys, but you've set 51\./,
  },
  {
    ask: "POST /v1/customers",
    sent: { balance: "9".repeat(30) },
    status: 400,
    code: "parameter_invalid_integer",
    param: "balance",
    says: /Invalid integer/,
  },
  {
    ask: "POST /v1/coupons",
    sent: { percent_off: 101 },
    status: 400,
    param: "percent_off",
    says: /100/,
  },
  {
    ask: "POST /v1/coupons",
    sent: { percent_off: 10, amount_off: 10, currency: "usd" },
    status: 400,
    says: /percent_off|amount_off/,
  },
  {
    ask: "POST /v1/coupons",
    sent: { percent_off: 10, duration: "repeating" },
    status: 400,
    param: "duration_in_months",
    says: /duration_in_months/,
    code: missing,
  },
  {
    ask: "POST /v1/prices",
    sent: { currency: "usd", product: "{product}" },
    status: 400,
    says: /unit_amount/,
  },
  {
    ask: "POST /v1/prices",
    sent: {
      currency: "usd",
      product: "{product}",
      unit_amount: 1,
      recurring: { interval: "fortnight" },
    },
    status: 400,
    param: "recurring[interval]",
    says: /must be one of/,
  },
  ...[
    [`trial_end=${inYears(6)}`, /no more than five years/] as const,
    [`trial_end=${inYears(3)}`, /trial period days is 730 \(2 years\)/] as const,
    ["trial_period_days=731", /trial period days is 730 \(2 years\)/] as const,
  ].map(([trial, says]): Refused => {
    const [param = ""] = trial.split("=");
    const sent = `customer={customer}&items[0][price]={price}&${trial}`;
    return { ask: "POST /v1/subscriptions", sent, status: 400, param, says };
  }),
  {
    ...{ ask: "POST /v1/promotion_codes", status: 400, param: "expires_at" },
    sent: `promotion[type]=coupon&promotion[coupon]={coupon}&expires_at=${inYears(6)}`,
    says: /no more than five years in the future/,
  },
  {
    ask: "GET /v1/customers?limit=0",
    status: 400,
    param: "limit",
    code: "parameter_invalid_integer",
    says: /greater than or equal to 1/,
  },
  {
    ask: "GET /v1/customers?limit=101",
    status: 400,
    param: "limit",
    code: "parameter_invalid_integer",
    says: /100/,
  },
  {
    ask: "GET /v1/customers?limit=ten",
    status: 400,
    param: "limit",
    code: "parameter_invalid_integer",
    says: /Invalid integer: ten/,
  },
  {
    ask: "GET /v1/customers?starting_after=cus_none",
    status: 400,
    code: none,
    param: "starting_after",
    says: /No such customer: 'cus_none'/,
  },
  {
    ask: "GET /v1/customers?starting_after={customer}&ending_before={customer}",
    status: 400,
    says: /starting_after|ending_before/,
  },
  {
    ask: "GET /v1/customers?created[around]=1",
    status: 400,
    code: unknown,
    param: "created[around]",
    says: /created\[around\]/,
  },
  {
    ask: "GET /v1/customers/{customer}?expand[]=nothing",
    status: 400,
    param: "expand",
    says: /cannot be expanded/,
  },
  {
    ask: "GET /v1/invoices?expand[]=data.a.b.c.d.e",
    status: 400,
    param: "expand",
    says: /four levels|cannot/,
  },
];

const foreigners: Refused[] = [
  {
    ask: "GET /v1/customers/{theirs}",
    status: 404,
    code: none,
    param: "id",
    says: /No such customer/,
  },
  {
    ask: "GET /v1/customers/{foreign}",
    status: 404,
    code: none,
    param: "id",
    says: /No such customer/,
  },
  {
    ask: "DELETE /v1/customers/{theirs}",
    status: 404,
    code: none,
    param: "id",
    says: /No such customer/,
  },
  {
    ask: "POST /v1/subscriptions",
    sent: { customer: "{theirs}", items: { 0: { price: "{price}" } } },
    status: 400,
    code: none,
    param: "customer",
    says: /No such customer/,
  },
  {
    ask: "POST /v1/subscriptions",
    sent: { customer: "{customer}", items: { 0: { price: "price_none" } } },
    status: 400,
    code: none,
    param: "items[0][price]",
    says: /No such price: 'price_none'/,
  },
  {
    ask: "POST /v1/invoiceitems",
    sent: { customer: "{foreign}", amount: 1, currency: "usd" },
    status: 400,
    code: none,
    param: "customer",
    says: /No such customer/,
  },
  {
    ask: "POST /v1/refunds",
    sent: { charge: "ch_none" },
    status: 400,
    code: none,
    param: "charge",
    says: /No such charge: 'ch_none'/,
  },
  {
    ask: "POST /v1/transfers",
    sent: { amount: 1, currency: "usd", destination: "acct_nobody" },
    status: 400,
    code: none,
    param: "destination",
    says: /No such destination: 'acct_nobody'/,
  },
  {
    ask: "GET /v1/customers/{customer}",
    headers: { "stripe-account": "{account}" },
    status: 404,
    code: none,
    param: "id",
    says: /No such customer/,
  },
];

const rows: Refused[] = [...keys, ...urls, ...bodies, ...forms, ...parameters, ...foreigners];

testRefusals("refusals", rows);

test("no request is listed twice", () => {
  const asked = rows.map(({ ask, sent, headers }) => JSON.stringify([ask, sent, headers]));
  expect(asked.filter((one, place) => asked.indexOf(one) !== place)).toEqual([]);
});
