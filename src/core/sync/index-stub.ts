// What stands in the index's place once that is too long to be kept in git itself: where it is instead.
import type { Digest } from "../digest.ts";
import * as f from "./fields.ts";
import { formatLines, readLines } from "./json-lines.ts";
import { INDEX_PATH } from "./layout.ts";

/** No index is as short as that but one with next to nothing in it. */
const STUB_MAX_LENGTH = 1_000;

/** Says of an index that it lies in `LARGE_INDEX_PATH`. */
export function formatIndexStub(large: Digest): string {
  return formatLines({ large }, {});
}

/** The digest of the index that a text stands for; `null` where it is one itself. Throws `invalid_remote`. */
export function findLargeIndex(text: string, remote: string): Digest | null {
  if (text.length > STUB_MAX_LENGTH) return null;
  return readLines(text, { path: INDEX_PATH, remote }, stub).large ?? null;
}

const stub = f.fields<{ readonly large?: Digest }>({}, { large: f.digest });
