// Several names in one sentence.
import { showHidden } from "../../core/errors.ts";

/** More are counted. */
const NAMED = 3;

/** `“a”`, `“a” or “b”`, `“a”, “b” or “c”`, `“a”, “b”, “c” or 4 others`. */
export function describeList(names: readonly string[], word: "and" | "or"): string {
  const quoted = names.slice(0, NAMED).map((name) => `“${showHidden(name)}”`);
  const more = names.length - NAMED;
  if (more > 0) quoted.push(more === 1 ? "1 other" : `${more.toLocaleString("en")} others`);
  const last = quoted.pop() ?? "";
  return quoted.length === 0 ? last : `${quoted.join(", ")} ${word} ${last}`;
}

/** ` Ask “Ada” or “Grace”.`; nothing where there is nobody. */
export function askWhom(names: readonly string[]): string {
  return names.length === 0 ? "" : ` Ask ${describeList(names, "or")}.`;
}
