// Inside a frame of an embedded component: tells the page around it how high it is and what
// happened, and wears the page's colours. Nothing here acts: the forms do.
(() => {
  const { dataset } = document.currentScript;
  const say = (message) => parent.postMessage({ source: "local-stripe", ...message }, "*");

  // Stripe's names of what a page may set, and what they are called here.
  const names = {
    colorPrimary: "--accent",
    buttonPrimaryColorBackground: "--accent",
    buttonPrimaryColorText: "--on-accent",
    colorBackground: "--paper",
    offsetBackgroundColor: "--desk",
    formBackgroundColor: "--field",
    colorText: "--ink",
    colorSecondaryText: "--soft",
    colorBorder: "--line",
    formHighlightColorBorder: "--focus",
    colorDanger: "--danger",
    actionPrimaryColorText: "--link",
    borderRadius: "--radius",
    buttonBorderRadius: "--button-radius",
    formBorderRadius: "--field-radius",
    fontFamily: "--font",
    fontSizeBase: "--size",
    spacingUnit: "--unit",
  };
  const safe = /^[\w\s#%.,()'"/-]*$/;

  function wear({ appearance, locale }) {
    const { style } = document.documentElement;
    for (const [name, property] of Object.entries(names)) {
      const value = appearance?.variables?.[name];
      if (typeof value === "string" && safe.test(value)) style.setProperty(property, value);
      else style.removeProperty(property);
    }
    const paper = getComputedStyle(document.documentElement).getPropertyValue("--paper");
    style.colorScheme = isDark(paper) ? "dark" : "light";
    if (typeof locale === "string") document.documentElement.lang = locale;
  }

  function isDark(color) {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = color;
    probe.fillRect(0, 0, 1, 1);
    const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
    return red * 0.299 + green * 0.587 + blue * 0.114 < 128;
  }

  addEventListener("message", ({ source, data }) => {
    if (source === parent && data?.source === "local-stripe") wear(data);
  });
  const tell = () => say({ height: document.body.scrollHeight });
  new ResizeObserver(tell).observe(document.body);
  say({
    ready: true,
    height: document.body.scrollHeight,
    expired: dataset.expired === "yes",
    events: JSON.parse(dataset.events || "[]"),
  });
  for (const form of document.forms) {
    form.addEventListener("submit", () => {
      for (const button of form.querySelectorAll("button"))
        button.setAttribute("aria-busy", "true");
    });
  }
})();
