// Ids of what is made here. Random bytes are fetched many at once: a merge may need 20,000 ids, and one by one their bytes take longer than all else of them.
import { ulid } from "ulid";
import type { Uid } from "../src/core/records.ts";

const BYTES_AT_ONCE = 1024;

/** Makes a function that gives new ids. */
export function createNewUid(): <Kind extends string>() => Uid<Kind> {
  const bytes = new Uint8Array(BYTES_AT_ONCE);
  let used = bytes.length;
  const random = (): number => {
    if (used === bytes.length) {
      crypto.getRandomValues(bytes);
      used = 0;
    }
    return (bytes[used++] ?? 0) / 256;
  };
  return <Kind extends string>() => ulid(undefined, random) as Uid<Kind>;
}
