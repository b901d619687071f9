// Texts of any length that people write into a registry: descriptions, cards, notes.
import { CairnError } from "../../core/errors.ts";
import { REGISTRY_TEXT_MAX_LENGTH } from "../../core/registry/event-reader.ts";

/**
 * A text that whoever reads the log will take. Throws `invalid_text`.
 *
 * @param field such as `card`
 */
export function parseLongText(field: string, text: string): string {
  if (text.length <= REGISTRY_TEXT_MAX_LENGTH) return text;
  const [length, most] = [text.length, REGISTRY_TEXT_MAX_LENGTH].map((n) => n.toLocaleString("en"));
  throw new CairnError("invalid_text", {
    field,
    reason: `it has ${length} characters, and ${most} is the most`,
  });
}
