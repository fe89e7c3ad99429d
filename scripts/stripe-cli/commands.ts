/** A run of the CLI beside its triggers: what is asked, and what the answer must hold. */
export interface CommandCase {
  args: string[];
  expects: RegExp;
}

/** Resource commands, plain requests and fixtures, each after what it needs. */
export const commandCases: CommandCase[] = [
  { args: ["customers", "create", "--email=ada@acme.test"], expects: /"object": ?"customer"/ },
  { args: ["customers", "list", "--limit=3"], expects: /"email": ?"ada@acme.test"/ },
  { args: ["products", "create", "--name=Lamp"], expects: /"name": ?"Lamp"/ },
  {
    args: [
      "prices",
      "create",
      "--currency=usd",
      "--unit-amount=1500",
      "-d",
      "product_data[name]=Bulb",
    ],
    expects: /"unit_amount": ?1500/,
  },
  { args: ["balance", "retrieve"], expects: /"object": ?"balance"/ },
  { args: ["events", "list", "--limit=5"], expects: /"object": ?"event"/ },
  { args: ["get", "/v1/customers"], expects: /"object": ?"list"/ },
  { args: ["post", "/v1/customers", "-d", "name=Acme"], expects: /"name": ?"Acme"/ },
  { args: ["payment_intents", "retrieve", "pi_missing"], expects: /No such payment_intent/ },
  {
    args: [
      "payment_intents",
      "create",
      "--amount=2000",
      "--currency=usd",
      "--confirm=true",
      "--payment-method=pm_card_visa",
    ],
    expects: /"status": ?"succeeded"/,
  },
  { args: ["fixtures", "FIXTURE"], expects: /Running fixture for: paying/ },
];

// How a fixture names what an earlier one made.
function idOf(fixture: string): string {
  return ["$", `{${fixture}:id}`].join("");
}

/** A fixture file as people write them: a customer, a price and a subscription that is paid. */
export const fixture = {
  _meta: { template_version: 0 },
  fixtures: [
    {
      name: "customer",
      path: "/v1/customers",
      method: "post",
      params: { email: "ada@acme.test", source: "tok_visa" },
    },
    {
      name: "price",
      path: "/v1/prices",
      method: "post",
      params: {
        ...{ currency: "usd", unit_amount: 2000, recurring: { interval: "month" } },
        product_data: { name: "Team" },
      },
    },
    {
      name: "paying",
      path: "/v1/subscriptions",
      method: "post",
      params: { customer: idOf("customer"), items: [{ price: idOf("price") }] },
    },
  ],
};
