import type { AppearanceOptions } from "@stripe/connect-js";

/** What Stripe's components stand on: the page itself, or a card of ours. */
export type Ground = "background" | "surface";

/** Our theme as it is on the page now, for Stripe's components. Stripe takes sRGB alone. */
export function connectAppearance(ground: Ground): AppearanceOptions {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => hexOf(style.getPropertyValue(`--${name}`));
  return {
    overlays: "dialog",
    variables: {
      fontFamily: getComputedStyle(document.body).fontFamily,
      fontSizeBase: "13px",
      borderRadius: "6px",
      colorPrimary: colour("accent"),
      colorBackground: colour(ground),
      colorText: colour("foreground"),
      colorSecondaryText: colour("muted"),
      colorBorder: colour("border"),
      colorDanger: colour("danger"),
      offsetBackgroundColor: colour(ground === "surface" ? "background" : "surface"),
      buttonPrimaryColorBackground: colour("accent"),
      buttonPrimaryColorText: colour("accent-foreground"),
    },
  };
}

/** Any colour of CSS as the browser paints it. */
function hexOf(colour: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = 1;
  canvas.height = 1;
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  if (!paint) return "#000000";
  paint.fillStyle = colour;
  paint.fillRect(0, 0, 1, 1);
  const [red, green, blue] = paint.getImageData(0, 0, 1, 1).data;
  const hex = (part: number | undefined) => (part ?? 0).toString(16).padStart(2, "0");
  return `#${hex(red)}${hex(green)}${hex(blue)}`;
}
