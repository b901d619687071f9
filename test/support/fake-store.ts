// A store that answers only what a test gave it.
import type { StoreApi } from "../../src/protocol/store-api.ts";

/** Calls of anything not given fail the test that made them. */
export function fakeStore(given: Partial<StoreApi>): StoreApi {
  return new Proxy(given, {
    get: (target, name) =>
      Reflect.get(target, name) ??
      (() => {
        throw new Error(`the test did not expect ${String(name)}()`);
      }),
  }) as StoreApi;
}
