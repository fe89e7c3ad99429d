// The stand-in for Stripe.js. A page loads it before `@stripe/stripe-js`, which then uses the
// `window.Stripe` it finds. Fields are frames of the local Stripe: a card's number never reaches
// the page around.
(() => {
  const { origin } = new URL(document.currentScript.src);

  const integrationError = (message) =>
    Object.assign(new Error(message), { name: "IntegrationError" });
  const unbuilt = (name) => () => {
    throw integrationError(`${name} is part of Stripe.js, but not of the local Stripe's stand-in.`);
  };
  const idOf = (secret) => String(secret).split("_secret")[0];

  // A frame and the calls that go through it, each answered once.
  function openFrame(place, path, hear) {
    const frame = document.createElement("iframe");
    Object.assign(frame.style, { border: "0", width: "100%", height: "0", display: "block" });
    frame.src = `${origin}${path}`;
    frame.title = "Secure payment input";
    const waiting = new Map();
    let count = 0;
    const listener = ({ data, origin: from, source }) => {
      if (from !== origin || source !== frame.contentWindow || data?.source !== "local-stripe")
        return;
      if (data.height !== undefined) frame.style.height = `${Math.ceil(data.height)}px`;
      if (data.answers !== undefined) {
        waiting.get(data.answers)?.(data.result);
        waiting.delete(data.answers);
      }
      if (data.event !== undefined) hear(data.event, data.detail);
    };
    addEventListener("message", listener);
    place.replaceChildren(frame);
    return {
      frame,
      tell: (message) =>
        frame.contentWindow?.postMessage({ source: "local-stripe", ...message }, origin),
      ask(what, sent) {
        count += 1;
        const id = count;
        return new Promise((resolve) => {
          waiting.set(id, resolve);
          this.tell({ ask: what, id, sent });
        });
      },
      close() {
        removeEventListener("message", listener);
        frame.remove();
      },
    };
  }

  function createClient(key, options) {
    const headers = {
      authorization: `Bearer ${key}`,
      ...(options.stripeAccount ? { "stripe-account": options.stripeAccount } : {}),
    };
    return async (method, path, sent = {}) => {
      const text = new URLSearchParams(flat(sent));
      const url = method === "GET" ? `${origin}${path}?${text}` : `${origin}${path}`;
      try {
        const init = { method, headers, ...(method === "GET" ? {} : { body: text }) };
        const answer = await fetch(url, init);
        return await answer.json();
      } catch {
        const message = "The local Stripe cannot be reached.";
        return { error: { type: "api_connection_error", message } };
      }
    };
  }

  function flat(sent, within = "") {
    return Object.entries(sent).flatMap(([name, value]) => {
      const path = within === "" ? name : `${within}[${name}]`;
      if (value === undefined || value === null) return [];
      return typeof value === "object" ? flat(value, path) : [[path, String(value)]];
    });
  }

  const elementTypes = ["payment", "card"];

  function createElements(stripe, options = {}) {
    const made = new Map();
    const elements = {
      options,
      create(type, settings = {}) {
        if (!elementTypes.includes(type)) unbuilt(`The element ${type}`)();
        if (made.has(type)) throw integrationError(`Can only create one Element of type ${type}.`);
        const element = createElement(stripe, elements, type, settings);
        made.set(type, element);
        return element;
      },
      getElement: (type) => made.get(type) ?? null,
      update(changes) {
        Object.assign(options, changes);
        for (const element of made.values()) element.dress();
      },
      fetchUpdates: async () => ({}),
      async submit() {
        const field = elements.main();
        return field === undefined ? {} : field.ask("check");
      },
      main: () => made.get("payment") ?? made.get("card"),
      all: () => [...made.values()],
      forget: (type) => made.delete(type),
    };
    return elements;
  }

  function createElement(stripe, elements, type, settings) {
    const listeners = {};
    let opened;
    const fire = (event, detail) => {
      for (const listen of listeners[event] ?? []) listen({ elementType: type, ...detail });
    };
    const element = {
      type,
      mount(target) {
        const place = typeof target === "string" ? document.querySelector(target) : target;
        if (place === null) {
          throw integrationError(
            `The selector you specified (${target}) applies to no DOM elements.`,
          );
        }
        if (opened !== undefined) return;
        const { clientSecret = "", currency = "", mode = "" } = elements.options;
        const query = new URLSearchParams({
          key: stripe.key,
          account: stripe.account ?? "",
          secret: clientSecret,
          ...{ currency, mode, host: location.origin },
          postal: settings.hidePostalCode ? "no" : "yes",
        });
        opened = openFrame(place, `/stripe-js/${type}?${query}`, (event, detail) => {
          if (event === "ready") element.dress();
          fire(event, detail);
        });
      },
      dress: () => opened?.tell({ appearance: elements.options.appearance ?? {} }),
      ask(what, sent) {
        if (opened === undefined) {
          throw integrationError(
            `We could not retrieve data from the ${type} Element: mount it first.`,
          );
        }
        return opened.ask(what, sent);
      },
      unmount() {
        opened?.close();
        opened = undefined;
      },
      destroy() {
        element.unmount();
        elements.forget(type);
      },
      on(event, listen) {
        listeners[event] = [...(listeners[event] ?? []), listen];
        return element;
      },
      once(event, listen) {
        const one = (detail) => {
          element.off(event, one);
          listen(detail);
        };
        return element.on(event, one);
      },
      off(event, listen) {
        listeners[event] = (listeners[event] ?? []).filter(
          (each) => listen !== undefined && each !== listen,
        );
        return element;
      },
      update(changes) {
        Object.assign(settings, changes);
        return element;
      },
      focus: () => opened?.tell({ focus: true }),
      blur: () => opened?.tell({ blur: true }),
      clear: () => opened?.tell({ clear: true }),
      collapse: () => element,
      getValue: () => element.ask("value"),
    };
    return element;
  }

  // What a holder has to do themselves is done over the page, and then asked about.
  function overlay(url) {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.setAttribute("aria-label", "Authentication");
      Object.assign(dialog.style, {
        width: "min(40rem, 92vw)",
        height: "30rem",
        padding: "0",
        border: "0",
      });
      const frame = document.createElement("iframe");
      frame.title = "Authentication";
      frame.src = url;
      Object.assign(frame.style, { border: "0", width: "100%", height: "100%" });
      const end = () => {
        removeEventListener("message", listener);
        dialog.remove();
        resolve();
      };
      const listener = ({ data, origin: from, source }) => {
        const isOurs = from === origin && source === frame.contentWindow;
        if (isOurs && data?.source === "local-stripe" && data.answered) end();
      };
      addEventListener("message", listener);
      dialog.addEventListener("cancel", (event) => event.preventDefault());
      dialog.append(frame);
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  function Stripe(key, options = {}) {
    if (!/^pk_test_\w+$/.test(key ?? "")) {
      throw integrationError("The local Stripe takes a publishable key like pk_test_….");
    }
    const api = createClient(key, options);
    const kinds = {
      payment: { name: "paymentIntent", path: "/v1/payment_intents", page: "authenticate" },
      setup: { name: "setupIntent", path: "/v1/setup_intents", page: "set-up" },
    };
    const kindOf = (secret) => (String(secret).startsWith("seti_") ? kinds.setup : kinds.payment);
    const answerOf = ({ name }, intent) =>
      intent.error === undefined ? { [name]: intent } : { error: intent.error };

    const retrieve = async (kind, secret) =>
      answerOf(kind, await api("GET", `${kind.path}/${idOf(secret)}`, { client_secret: secret }));

    // A failed challenge is an error whose intent says what to do next.
    async function act(kind, secret, intent) {
      if (intent.status !== "requires_action") return answerOf(kind, intent);
      const query = new URLSearchParams({ host: location.origin });
      await overlay(`${origin}/stripe-js/challenge/${kind.page}/${secret}?${query}`);
      const after = await retrieve(kind, secret);
      const error = after[kind.name]?.last_payment_error ?? after[kind.name]?.last_setup_error;
      if (after[kind.name]?.status !== "requires_payment_method" || !error) return after;
      return { error: { ...error, [snake(kind)]: after[kind.name] } };
    }
    const snake = (kind) => (kind === kinds.setup ? "setup_intent" : "payment_intent");

    async function makeMethod(given, billing) {
      if (given === undefined || typeof given === "string") return { id: given };
      const element = typeof given.ask === "function" ? given : given.main?.();
      if (element === undefined) return { error: missing };
      const { error, paymentMethod } = await element.ask("createPaymentMethod", {
        billing_details: billing ?? {},
      });
      return error === undefined ? { id: paymentMethod.id, paymentMethod } : { error };
    }
    const missing = {
      type: "validation_error",
      message: "There is no Element to take payment details from.",
    };

    async function confirm(
      kind,
      { elements, clientSecret, confirmParams = {}, redirect = "always" },
    ) {
      const secret = clientSecret ?? elements?.options.clientSecret;
      if (!secret)
        throw integrationError("confirm needs a clientSecret, or elements made with one.");
      const { payment_method_data: data, return_url: back, ...params } = confirmParams;
      const given = params.payment_method ?? elements;
      const { id, error } = await makeMethod(given, data?.billing_details);
      if (error !== undefined) return { error };
      const here = back ?? location.href;
      const intent = await api("POST", `${kind.path}/${idOf(secret)}/confirm`, {
        ...params,
        ...(id === undefined ? {} : { payment_method: id }),
        ...{ client_secret: secret, return_url: here, use_stripe_sdk: true },
        mandate_data: {
          customer_acceptance: { type: "online", online: { user_agent: navigator.userAgent } },
        },
      });
      if (intent.error !== undefined) return { error: intent.error };
      const done = await act(kind, secret, intent);
      if (done.error !== undefined || redirect === "if_required") return done;
      const leads = new URL(here);
      leads.searchParams.set(snake(kind), idOf(secret));
      leads.searchParams.set(`${snake(kind)}_client_secret`, secret);
      const status = done[kind.name].status;
      leads.searchParams.set("redirect_status", status === "processing" ? "pending" : status);
      location.assign(leads);
      return new Promise(() => {});
    }

    const confirmCard =
      (kind) =>
      async (clientSecret, data = {}, how = {}) => {
        const { payment_method: given, ...rest } = data;
        const { id, error } =
          typeof given === "object"
            ? await makeMethod(given.card ?? given, given.billing_details)
            : { id: given };
        if (error !== undefined) return { error };
        const intent = await api("POST", `${kind.path}/${idOf(clientSecret)}/confirm`, {
          ...rest,
          ...(id === undefined ? {} : { payment_method: id }),
          ...{ client_secret: clientSecret, use_stripe_sdk: true },
        });
        if (intent.error !== undefined) return { error: intent.error };
        return how.handleActions === false
          ? answerOf(kind, intent)
          : act(kind, clientSecret, intent);
      };

    const handle = async ({ clientSecret }) => {
      const kind = kindOf(clientSecret);
      const now = await retrieve(kind, clientSecret);
      return now.error === undefined ? act(kind, clientSecret, now[kind.name]) : now;
    };

    // A second press while the first is under way is the same one.
    const underWay = new Map();
    const once =
      (run) =>
      (how, ...rest) => {
        const secret = typeof how === "string" ? how : secretOf(how ?? {});
        const going = underWay.get(secret) ?? run(how, ...rest);
        if (secret !== undefined) underWay.set(secret, going);
        const end = () => underWay.delete(secret);
        going.then(end, end);
        return going;
      };
    const secretOf = ({ clientSecret, elements }) =>
      clientSecret ?? elements?.options?.clientSecret;

    const stripe = {
      key,
      account: options.stripeAccount,
      elements: (settings) => createElements(stripe, { ...settings }),
      confirmPayment: once((how) => confirm(kinds.payment, how)),
      confirmSetup: once((how) => confirm(kinds.setup, how)),
      confirmCardPayment: once(confirmCard(kinds.payment)),
      confirmCardSetup: once(confirmCard(kinds.setup)),
      handleNextAction: handle,
      handleCardAction: (clientSecret) => handle({ clientSecret }),
      retrievePaymentIntent: (secret) => retrieve(kinds.payment, secret),
      retrieveSetupIntent: (secret) => retrieve(kinds.setup, secret),
      async createPaymentMethod({ elements, params = {}, ...old }) {
        const billing = params.billing_details ?? old.billing_details;
        const { error, paymentMethod } = await makeMethod(elements ?? old.card, billing);
        return error === undefined ? { paymentMethod } : { error };
      },
      async createToken(element, data = {}) {
        if (typeof element?.ask === "function") return element.ask("createToken", data);
        return unbuilt(`createToken of ${element}`)();
      },
      async verifyMicrodepositsForPayment(clientSecret, data) {
        const path = `${kinds.payment.path}/${idOf(clientSecret)}/verify_microdeposits`;
        const sent = { ...data, client_secret: clientSecret };
        return answerOf(kinds.payment, await api("POST", path, sent));
      },
      async verifyMicrodepositsForSetup(clientSecret, data) {
        const path = `${kinds.setup.path}/${idOf(clientSecret)}/verify_microdeposits`;
        const sent = { ...data, client_secret: clientSecret };
        return answerOf(kinds.setup, await api("POST", path, sent));
      },
      createEmbeddedCheckoutPage: (settings) => createCheckout(settings),
      registerAppInfo: () => {},
      _registerWrapper: () => {},
    };
    // Whatever else Stripe.js can do says here that it cannot; what is asked for by a promise's
    // machinery, or is a symbol, is no method of Stripe's.
    return new Proxy(stripe, {
      get: (known, name) =>
        name in known || typeof name === "symbol" || name === "then"
          ? known[name]
          : unbuilt(`stripe.${name}`),
    });
  }

  async function createCheckout({ clientSecret, fetchClientSecret, onComplete }) {
    const secret = clientSecret ?? (await fetchClientSecret());
    const session = idOf(secret);
    let opened;
    const listen = ({ data, origin: from, source }) => {
      const isOurs = from === origin && source === opened?.frame.contentWindow;
      if (!isOurs || data?.type !== "local-stripe.complete" || data.session !== session) return;
      if (data.leads) location.assign(data.leads);
      else onComplete?.();
    };
    const page = {
      mount(target) {
        const place = typeof target === "string" ? document.querySelector(target) : target;
        if (opened !== undefined) throw integrationError("This Checkout is mounted already.");
        addEventListener("message", listen);
        opened = openFrame(place, `/c/pay/${session}`, () => {});
        opened.frame.title = "Checkout";
        opened.frame.style.height = "60rem";
      },
      unmount() {
        removeEventListener("message", listen);
        opened?.close();
        opened = undefined;
      },
      destroy: () => page.unmount(),
    };
    return page;
  }

  Stripe.version = "endive";
  window.Stripe ??= Stripe;
})();
