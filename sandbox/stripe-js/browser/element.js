// Inside a field's frame: takes what is typed and makes payment methods of it here, so that the
// page around never sees a number.
(() => {
  const { dataset } = document.currentScript;
  const form = document.forms[0];
  const { host } = dataset;
  const say = (message) => parent.postMessage({ source: "local-stripe", ...message }, host);
  const input = (name) => form?.elements.namedItem(name);
  const value = (name) => input(name)?.value.trim() ?? "";
  const digits = (name) => value(name).replace(/\D/g, "");
  const typeNow = () => form?.elements.namedItem("type")?.value || "card";

  const brands = [
    [/^4/, "visa"],
    [/^(5[1-5]|2[2-7])/, "mastercard"],
    [/^3[47]/, "amex"],
    [/^6(011|5)/, "discover"],
    [/^3(0|6|8)/, "diners"],
    [/^35/, "jcb"],
    [/^62/, "unionpay"],
  ];
  const brand = () => brands.find(([start]) => start.test(digits("number")))?.[1] ?? "unknown";

  const luhn = (number) =>
    [...number].reverse().reduce((sum, digit, place) => {
      const doubled = Number(digit) * (place % 2 === 1 ? 2 : 1);
      return sum + (doubled > 9 ? doubled - 9 : doubled);
    }, 0) %
      10 ===
    0;

  const fail = (code, message) => ({ type: "validation_error", code, message });

  // The first thing wrong with what is typed; what is not there yet is only wrong when it is asked.
  function problem(isAsked) {
    if (typeNow() !== "card" || input("number") === null) {
      const empty = [...(form?.elements ?? [])].find(
        (each) =>
          each.required && !each.disabled && each.offsetParent !== null && !each.value.trim(),
      );
      return isAsked && empty ? fail("incomplete", `${labelOf(empty)} is incomplete.`) : undefined;
    }
    const number = digits("number");
    const whole = number.length >= (brand() === "amex" ? 15 : 16);
    if (whole && !luhn(number)) return fail("invalid_number", "Your card number is invalid.");
    if (isAsked && !whole) return fail("incomplete_number", "Your card number is incomplete.");
    const expiry = digits("expiry");
    if (expiry.length === 4 && Number(expiry.slice(0, 2)) > 12) {
      return fail("invalid_expiry_month", "Your card's expiration date is invalid.");
    }
    if (isAsked && expiry.length !== 4) {
      return fail("incomplete_expiry", "Your card's expiration date is incomplete.");
    }
    if (isAsked && digits("cvc").length < 3) {
      return fail("incomplete_cvc", "Your card's security code is incomplete.");
    }
    return undefined;
  }

  const labelOf = (field) => field.labels?.[0]?.textContent.trim() ?? field.name;

  function show(error) {
    const place = document.getElementById("error");
    if (place === null) return;
    place.textContent = error?.message ?? "";
    place.hidden = error === undefined;
  }

  function changed() {
    for (const group of document.querySelectorAll("[data-type]")) {
      const isOn = group.dataset.type === typeNow();
      group.hidden = !isOn;
      for (const field of group.querySelectorAll("input")) field.disabled = !isOn;
    }
    const error = problem(false);
    show(error);
    const fields = [...(form?.elements ?? [])].filter(({ name, disabled }) => name && !disabled);
    say({
      event: "change",
      detail: {
        complete: problem(true) === undefined,
        empty: fields.every(({ name, value: typed }) => name === "type" || typed === ""),
        collapsed: false,
        ...(error === undefined ? { error: undefined } : { error }),
        ...(dataset.element === "payment" ? { value: { type: typeNow() } } : { brand: brand() }),
      },
    });
  }

  async function post(path, fields) {
    const answer = await fetch(path, {
      method: "POST",
      headers: {
        authorization: `Bearer ${dataset.key}`,
        ...(dataset.account ? { "stripe-account": dataset.account } : {}),
      },
      body: new URLSearchParams(fields),
    });
    return answer.json();
  }

  function cardFields() {
    const expiry = digits("expiry");
    return {
      "card[number]": digits("number"),
      "card[exp_month]": String(Number(expiry.slice(0, 2))),
      "card[exp_year]": expiry.slice(2),
      "card[cvc]": digits("cvc"),
    };
  }

  function flat(sent, within) {
    return Object.entries(sent ?? {}).flatMap(([name, each]) => {
      if (each === undefined || each === null || each === "never") return [];
      const path = `${within}[${name}]`;
      return typeof each === "object" ? flat(each, path) : [[path, String(each)]];
    });
  }

  // What a page passes on is added to what was typed, field by field, and wins where both say it.
  function merged(typed, passed) {
    const given = Object.entries(passed ?? {}).filter(
      ([, each]) => each !== undefined && each !== null && each !== "never",
    );
    const whole = given.map(([name, each]) => [
      name,
      typeof each === "object" ? merged(typed[name] ?? {}, each) : each,
    ]);
    return { ...typed, ...Object.fromEntries(whole) };
  }

  const numbers = {
    us_bank_account: () => ({
      "us_bank_account[account_holder_type]": "individual",
      "us_bank_account[account_number]": digits("account_number"),
      "us_bank_account[routing_number]": digits("routing_number"),
    }),
    sepa_debit: () => ({ "sepa_debit[iban]": value("iban") }),
    card: cardFields,
  };

  async function createPaymentMethod({ billing_details: billing }) {
    const error = problem(true);
    show(error);
    if (error !== undefined) return { error };
    const type = typeNow();
    const typed = {
      ...(value("name") ? { name: value("name") } : {}),
      ...(value("email") ? { email: value("email") } : {}),
      ...(value("postal") ? { address: { postal_code: value("postal") } } : {}),
    };
    const answer = await post("/v1/payment_methods", [
      ["type", type],
      ...Object.entries(numbers[type]?.() ?? {}),
      ...flat(merged(typed, billing), "billing_details"),
    ]);
    if (answer.error) show(answer.error);
    return answer.error ? { error: answer.error } : { paymentMethod: answer };
  }

  async function createToken({ currency }) {
    const error = problem(true);
    show(error);
    if (error !== undefined) return { error };
    const answer = await post("/v1/tokens", [
      ...Object.entries(cardFields()),
      ...(currency ? [["card[currency]", currency]] : []),
    ]);
    return answer.error ? { error: answer.error } : { token: answer };
  }

  const answers = {
    check: async () => {
      const error = problem(true);
      show(error);
      return error === undefined ? { selectedPaymentMethod: typeNow() } : { error };
    },
    value: async () => ({
      complete: problem(true) === undefined,
      value: Object.fromEntries(new FormData(form)),
    }),
    createPaymentMethod,
    createToken,
  };

  // Stripe's names of what a page may set, and what they are called here.
  const names = {
    colorPrimary: "--accent",
    colorBackground: "--paper",
    colorText: "--ink",
    colorTextSecondary: "--soft",
    colorDanger: "--danger",
    borderRadius: "--field-radius",
    fontFamily: "--font",
    fontSizeBase: "--size",
  };
  const themes = {
    night: { "--paper": "#171b19", "--ink": "#edf0ee", "--soft": "#a9b3ad", "--field": "#171b19" },
    stripe: { "--paper": "#ffffff", "--ink": "#1b1f1d", "--soft": "#565e59", "--field": "#ffffff" },
  };
  const safe = /^[\w\s#%.,()'"/-]*$/;

  function wear({ theme, variables = {} }) {
    const { style } = document.documentElement;
    for (const [name, color] of Object.entries(themes[theme] ?? {})) style.setProperty(name, color);
    if (theme !== undefined) style.colorScheme = theme === "night" ? "dark" : "light";
    for (const [name, property] of Object.entries(names)) {
      const set = variables[name];
      if (typeof set === "string" && safe.test(set)) style.setProperty(property, set);
    }
  }

  addEventListener("message", async ({ origin, source, data }) => {
    if (source !== parent || origin !== host || data?.source !== "local-stripe") return;
    if (data.appearance) wear(data.appearance);
    if (data.focus) form?.querySelector("input:not([type=radio])")?.focus();
    if (data.blur) document.activeElement?.blur();
    if (data.clear) {
      form?.reset();
      changed();
    }
    if (data.ask) {
      const result = await answers[data.ask](data.sent ?? {}).catch(({ message }) => ({
        error: { type: "api_connection_error", message },
      }));
      say({ answers: data.id, result });
    }
  });

  const grouped = { number: [4, " "], expiry: [2, " / "] };
  form?.addEventListener("input", ({ target }) => {
    const rule = grouped[target.name];
    if (rule && target.selectionEnd === target.value.length) {
      const [size, mark] = rule;
      const all = target.value.replace(/\D/g, "").slice(0, target.name === "expiry" ? 4 : 19);
      target.value = (all.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(mark);
    }
    changed();
  });
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    say({ event: "confirm", detail: {} });
  });
  addEventListener("focusin", () => say({ event: "focus", detail: {} }));
  addEventListener("focusout", () => say({ event: "blur", detail: {} }));
  addEventListener("keydown", ({ key }) => {
    if (key === "Escape") say({ event: "escape", detail: {} });
  });
  new ResizeObserver(() => say({ height: document.body.scrollHeight })).observe(document.body);
  if (form) changed();
  say({ event: "ready", detail: {}, height: document.body.scrollHeight });
})();
