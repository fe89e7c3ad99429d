import { otherMethods } from "#sandbox/payments/other-methods";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  oneOf,
  type Params,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, listRoute, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Configuration = ObjectOf<"payment_method_configuration">;

/** Every way to pay that Stripe lets a configuration switch and shows of it. */
const switched = [
  ...(["acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay"] as const),
  ...(["apple_pay", "au_becs_debit", "bacs_debit", "bancontact", "billie", "bizum"] as const),
  ...(["blik", "boleto", "card", "cartes_bancaires", "cashapp", "crypto"] as const),
  ...(["customer_balance", "eps", "fpx", "giropay", "google_pay", "grabpay", "ideal"] as const),
  ...(["jcb", "kakao_pay", "klarna", "konbini", "kr_card", "link", "mb_way"] as const),
  ...(["mobilepay", "multibanco", "naver_pay", "nz_bank_account", "oxxo", "p24"] as const),
  ...(["pay_by_bank", "payco", "paynow", "paypal", "paypay", "payto", "pix"] as const),
  ...(["promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay"] as const),
  ...(["sepa_debit", "sequra", "sofort", "sunbit", "swish", "twint", "upi"] as const),
  ...(["us_bank_account", "wechat_pay", "zip"] as const),
];
type Switched = (typeof switched)[number];

const wish = shape({ display_preference: shape({ preference: oneOf(["none", "off", "on"]) }) });
const fields = {
  name: text,
  parent: unbuilt,
  ...(Object.fromEntries(switched.map((type) => [type, wish])) as Record<Switched, typeof wish>),
} satisfies Shape;
type Sent = Params<typeof fields>;

const url = "/v1/payment_method_configurations";

/** `/v1/payment_method_configurations`: which ways to pay a page may offer. */
export const paymentMethodConfigurationRoutes: Routes = {
  [`POST ${url}`]: route(fields, (world, params) => show(world, create(world, params, false))),
  [`GET ${url}`]: listRoute(
    "payment_method_configuration",
    url,
    { application: unbuilt },
    (world) => {
      defaultConfiguration(world);
      return {};
    },
  ),
  [`GET ${url}/:id`]: retrieveRoute("payment_method_configuration"),
  [`POST ${url}/:id`]: route({ ...fields, active: boolean }, (world, params, { id }) => {
    const row = get(world, "payment_method_configuration", id);
    const before = row.object;
    if (before.is_default && params.active === false) {
      throw invalidRequest("The default payment method configuration is always active.");
    }
    const { active = before.active, name = before.name } = params;
    row.object = { ...before, ...wishesOf(before, params), active, name };
    return show(world, world.save(row).object);
  }),
};

/** Which ways to pay a page may offer: by the configuration it names, or else by the default. */
export function offeredBy(world: World, named: string | undefined): (type: string) => boolean {
  const param = "payment_method_configuration";
  const object = named ? get(world, param, named, param).object : findDefault(world);
  if (object && !object.active) {
    throw invalidRequest("This payment method configuration is not active.", undefined, param);
  }
  return (type) => object?.[type as Switched]?.available ?? isBuilt(type);
}

// Made when somebody looks for it: until then everything that can be paid with is offered.
function defaultConfiguration(world: World): Configuration {
  return findDefault(world) ?? create(world, {}, true);
}

function findDefault(world: World): Configuration | undefined {
  return world.list("payment_method_configuration", { key: "default" })[0]?.object;
}

function create(world: World, params: Sent, isDefault: boolean): Configuration {
  const usual = { preference: "none", value: "off" } as const;
  const blank = {
    id: world.newId("pmc"),
    object: "payment_method_configuration" as const,
    active: true,
    application: null,
    is_default: isDefault,
    livemode: false,
    name: params.name ?? (isDefault ? "Default" : "Custom"),
    parent: null,
    ...Object.fromEntries(
      switched.map((type) => [
        type,
        {
          available: isBuilt(type),
          display_preference: { overridable: null, ...usual, value: isBuilt(type) ? "on" : "off" },
        },
      ]),
    ),
  } as Configuration;
  const object = { ...blank, ...wishesOf(blank, params) };
  return world.insert("payment_method_configuration", object, {}).object;
}

// What nobody wished for is as Stripe has it: on where it can be paid with.
function wishesOf(kept: Configuration, params: Sent): Partial<Configuration> {
  const wished = switched.flatMap((type) => {
    const preference = params[type]?.display_preference?.preference;
    if (preference === undefined) return [];
    const value = preference === "none" ? (isBuilt(type) ? "on" : "off") : preference;
    const available = value === "on" && isBuilt(type);
    const before = kept[type]?.display_preference;
    const display_preference = { ...before, overridable: null, preference, value };
    return [[type, { available, display_preference }] as const];
  });
  return Object.fromEntries(wished) as Partial<Configuration>;
}

// Its capability is active: what cannot be paid with here is never offered.
function isBuilt(type: string): boolean {
  return type === "card" || Object.hasOwn(otherMethods, type);
}
