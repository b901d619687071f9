// A worker's API as if it were here: calls reject when the worker dies.
import { proxy, transfer, type Remote } from "comlink";
import type { WorkerLife } from "../protocol/worker-life.ts";

type Call = (...args: unknown[]) => Promise<unknown>;

/** Lets callers pass plain functions and ports; both need wrapping on the way. */
export function remoteApi<Api extends object>(remote: Remote<Api>, life: WorkerLife): Api {
  const api: object = new Proxy(remote, {
    get(target, key) {
      // Awaiting the API itself must not look like a call.
      if (key === "then") return undefined;
      const call = Reflect.get(target, key) as Call;
      return (...args: unknown[]) => life.guard(call(...args.map(toWire)));
    },
  });
  return api as Api;
}

function toWire(argument: unknown): unknown {
  if (typeof argument === "function") return proxy(argument);
  return argument instanceof MessagePort ? transfer(argument, [argument]) : argument;
}
