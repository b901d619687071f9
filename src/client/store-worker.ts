// Starts the store worker and speaks to it as if it were here.
import { proxy, transfer, wrap } from "comlink";
import { CairnError, errorOf } from "../core/errors.ts";
import { findBootMessage } from "../protocol/boot.ts";
import { installErrorTransfer } from "../protocol/comlink-errors.ts";
import type { StoreApi } from "../protocol/store-api.ts";

/** How long the worker may take to open the database. */
const BOOT_MS = 30_000;

/**
 * Starts the worker and waits until it is ready.
 *
 * @returns the API; after a crash of the worker each call rejects with `worker_lost`
 * @throws CairnError `storage_unavailable`, `storage_blocked`, `schema_too_new`, `worker_lost`
 */
export async function startStoreWorker(): Promise<StoreApi> {
  installErrorTransfer();
  const worker = new Worker(new URL("../../workers/store.worker.ts", import.meta.url), {
    type: "module",
  });
  const life = watch(worker);
  await life.guard(booted(worker));
  return remoteApi(wrap<StoreApi>(worker), life);
}

interface Life {
  /** The call's own outcome, or `worker_lost` when the worker dies first: Comlink alone would never settle it. */
  guard<T>(call: Promise<T>): Promise<T>;
}

function watch(worker: Worker): Life {
  const pending = new Set<(reason: CairnError) => void>();
  let death: CairnError | undefined;
  const die = (reason: string): void => {
    death = new CairnError("worker_lost", { reason });
    for (const reject of pending) reject(death);
    pending.clear();
  };
  worker.addEventListener("error", (event) => die(event.message || "it could not be loaded"));
  worker.addEventListener("messageerror", () => die("a message could not be read"));
  return {
    guard: (call) =>
      new Promise((resolve, reject) => {
        if (death !== undefined) return reject(death);
        pending.add(reject);
        call.then(resolve, reject).finally(() => pending.delete(reject));
      }),
  };
}

function booted(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new CairnError("worker_lost", { reason: "it did not start in time" })),
      BOOT_MS,
    );
    worker.addEventListener("message", function listen({ data }) {
      const message = findBootMessage(data);
      if (message === undefined) return;
      clearTimeout(late);
      worker.removeEventListener("message", listen);
      if (message.kind === "ready") resolve();
      else reject(errorOf(message.problem));
    });
  });
}

type Call = (...args: unknown[]) => Promise<unknown>;

/** Lets callers pass plain functions and ports; both need wrapping on the way. */
function remoteApi(remote: object, life: Life): StoreApi {
  const api = new Proxy(remote, {
    get(target, key) {
      // Awaiting the API itself must not look like a call.
      if (key === "then") return undefined;
      const call = Reflect.get(target, key) as Call;
      return (...args: unknown[]) => life.guard(call(...args.map(toWire)));
    },
  });
  return api as StoreApi;
}

function toWire(argument: unknown): unknown {
  if (typeof argument === "function") return proxy(argument);
  return argument instanceof MessagePort ? transfer(argument, [argument]) : argument;
}
