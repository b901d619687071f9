// Test hubs for tests that run in a browser, where no process can be started: the runner starts them.
import type { BrowserCommand } from "vitest/node";
import { startHub, type TestHub, type TestHubOptions } from "../hub/client.ts";

/** What of a hub can be called; the rest are addresses. */
export type HubCall = Exclude<keyof TestHub, "url" | "storageUrl" | `${string}Url`>;

export interface StartedHub extends Omit<TestHub, HubCall> {
  readonly id: number;
}

const hubs: TestHub[] = [];

const beginHub: BrowserCommand<[options: TestHubOptions]> = async (
  _context,
  options,
): Promise<StartedHub> => {
  const hub = await startHub(options);
  const addresses = Object.entries(hub).filter(([, value]) => typeof value === "string");
  return { id: hubs.push(hub) - 1, ...(Object.fromEntries(addresses) as Omit<TestHub, HubCall>) };
};

const callHub: BrowserCommand<[id: number, call: HubCall, input: readonly unknown[]]> = (
  _context,
  id,
  call,
  input,
) => {
  const hub = hubs[id];
  if (hub === undefined) throw new Error("this hub was never started");
  return (hub[call] as (...input: readonly unknown[]) => Promise<unknown>)(...input);
};

export const HUB_COMMANDS = { beginHub, callHub };
