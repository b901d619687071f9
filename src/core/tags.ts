// Tags: shared labels that never resolve a path [N5 T1].
import type { Brand } from "./brand.ts";
import { errorOf, type Problem } from "./errors.ts";

export type Tag = Brand<string, "Tag">;

export const TAG_MAX_LENGTH = 64;
/** Most tags on one thing: each is an entry in an index. */
export const TAGS_MAX_COUNT = 100;

const VALID_TAG = /^[A-Za-z0-9_-]+( [A-Za-z0-9_-]+)*$/;

/** Says what is wrong with a tag, or `null` [N5]. */
export function checkTag(tag: string): Problem<"invalid_tag"> | null {
  const reason = tagProblem(tag);
  return reason === null ? null : { code: "invalid_tag", data: { tag, reason } };
}

/** The tags in the order given, duplicates dropped. Throws `invalid_tag`. */
export function parseTags(tags: readonly string[]): readonly Tag[] {
  for (const tag of tags) {
    const problem = checkTag(tag);
    if (problem !== null) throw errorOf(problem);
  }
  const unique = [...new Set(tags)];
  const extra = unique[TAGS_MAX_COUNT];
  if (extra !== undefined)
    throw errorOf({
      code: "invalid_tag",
      data: { tag: extra, reason: `${TAGS_MAX_COUNT} tags are the most` },
    });
  return unique as unknown[] as Tag[];
}

function tagProblem(tag: string): string | null {
  if (tag === "") return "it is empty";
  if (tag.length > TAG_MAX_LENGTH)
    return `it has ${tag.length} characters, and ${TAG_MAX_LENGTH} is the most`;
  if (VALID_TAG.test(tag)) return null;
  return tag.trim() === tag && !tag.includes("  ")
    ? "use letters A–Z, digits, “-”, “_” and single spaces"
    : "spaces stand singly, and not at its ends";
}
