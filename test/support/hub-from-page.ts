// A test hub for a test in a browser; see hub-commands.ts.
import { commands } from "vitest/browser";
import type { TestHub, TestHubOptions } from "../hub/client.ts";
import type { HubCall, StartedHub } from "./hub-commands.ts";

declare module "vitest/browser" {
  interface BrowserCommands {
    beginHub: (options: TestHubOptions) => Promise<StartedHub>;
    callHub: (id: number, call: HubCall, input: readonly unknown[]) => Promise<unknown>;
  }
}

/** Starts a hub on free ports, with empty storage. */
export async function startHubFromPage(options: TestHubOptions = {}): Promise<TestHub> {
  const { id, ...addresses } = await commands.beginHub(options);
  const caller = <Name extends HubCall>(name: Name): TestHub[Name] =>
    ((...input: readonly unknown[]) => commands.callHub(id, name, input)) as TestHub[Name];
  return {
    ...addresses,
    setFaults: caller("setFaults"),
    clearFaults: caller("clearFaults"),
    faults: caller("faults"),
    requests: caller("requests"),
    clearRequests: caller("clearRequests"),
    advance: caller("advance"),
    setLimits: caller("setLimits"),
    setUploadHeaders: caller("setUploadHeaders"),
    addToken: caller("addToken"),
    expireToken: caller("expireToken"),
    denySignIn: caller("denySignIn"),
    collectGarbage: caller("collectGarbage"),
    stop: caller("stop"),
  };
}
