import { clientRules } from "#tests/tidy/client";
import { dependencyRules } from "#tests/tidy/dependencies";
import { importRules } from "#tests/tidy/imports";
import { linkRules } from "#tests/tidy/links";
import { nameRules } from "#tests/tidy/names";
import { sizeRules } from "#tests/tidy/sizes";
import { textRules } from "#tests/tidy/texts";
import type { Rule } from "#tests/tidy/tree";

/** Every rule the house holds itself to. `npm run check` and `npm test` both run them. */
export const rules: Rule[] = [
  ...importRules,
  ...clientRules,
  ...sizeRules,
  ...nameRules,
  ...textRules,
  ...dependencyRules,
  ...linkRules,
];
