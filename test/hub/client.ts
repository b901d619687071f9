// Starts a test hub in a process of its own, and steers it from a test.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { ControlCalls } from "./server/control.ts";
import type { FaultRule, FaultState } from "./server/faults.ts";
import type { LoggedRequest } from "./server/request-log.ts";
import {
  DEFAULT_LIMITS,
  DEFAULT_SETTINGS,
  type HubLimits,
  type HubSettings,
  type TokenSettings,
} from "./server/settings.ts";
import type { HubPorts } from "./server/start.ts";

const SCRIPT = fileURLToPath(new URL("./main.mjs", import.meta.url));

/** A hub's settings, those left out being the default ones. */
export type TestHubOptions = Partial<Omit<HubSettings, "limits">> & {
  readonly limits?: Partial<HubLimits>;
};

export interface TestHub {
  /** The Hub's own origin, without a slash at its end. */
  readonly url: string;
  /** The other origin, of uploads and large files. */
  readonly storageUrl: string;
  /** Adds rules to those that stand. */
  setFaults(...rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** The rules that stand, with how often each was met. */
  faults(): Promise<readonly FaultState[]>;
  /** All requests since the log was cleared, preflights among them. */
  requests(): Promise<readonly LoggedRequest[]>;
  clearRequests(): Promise<void>;
  /** Puts the hub's clock forward: tokens and addresses end, windows of rates begin anew. */
  advance(ms: number): Promise<void>;
  setLimits(limits: Partial<HubLimits>): Promise<void>;
  /** Headers a basic PUT needs from now on. The library sends none, so it can't upload then. */
  setUploadHeaders(headers: Readonly<Record<string, string>>): Promise<void>;
  addToken(token: TokenSettings): Promise<void>;
  expireToken(token: string): Promise<void>;
  /** Says what the person answers on the authorize page. */
  denySignIn(isDenied: boolean): Promise<void>;
  /** Drops objects that no commit points to, as the Hub does after about a day. Gives how many. */
  collectGarbage(): Promise<number>;
  /** Ends the process and deletes its files. */
  stop(): Promise<void>;
}

/** Starts a hub on free ports, with empty storage. */
export async function startHub({ limits, ...options }: TestHubOptions = {}): Promise<TestHub> {
  const settings: HubSettings = {
    ...DEFAULT_SETTINGS,
    ...options,
    limits: { ...DEFAULT_LIMITS, ...limits },
  };
  const folder = await mkdtemp(join(tmpdir(), "cairn-hub-"));
  const child = fork(SCRIPT, [JSON.stringify(settings), folder]);
  const ports = await firstMessage(child);
  const call = async <Name extends keyof ControlCalls>(
    name: Name,
    input: ControlCalls[Name]["input"],
  ): Promise<ControlCalls[Name]["output"]> => {
    const response = await fetch(`http://127.0.0.1:${ports.control}/${name}`, {
      method: "POST",
      body: JSON.stringify({ input }),
    });
    if (!response.ok) throw new Error(`the test hub refused ${name}: ${await response.text()}`);
    return (await response.json()) as ControlCalls[Name]["output"];
  };
  return {
    url: `http://127.0.0.1:${ports.hub}`,
    storageUrl: `http://localhost:${ports.storage}`,
    setFaults: async (...rules) => void (await call("setFaults", rules)),
    clearFaults: async () => void (await call("clearFaults", null)),
    faults: () => call("faults", null),
    requests: () => call("requests", null),
    clearRequests: async () => void (await call("clearRequests", null)),
    advance: async (ms) => void (await call("advance", { ms })),
    setLimits: async (changed) => void (await call("setLimits", changed)),
    setUploadHeaders: async (headers) => void (await call("setUploadHeaders", headers)),
    addToken: async (token) => void (await call("addToken", token)),
    expireToken: async (token) => void (await call("expireToken", { token })),
    denySignIn: async (isDenied) => void (await call("denySignIn", { isDenied })),
    collectGarbage: async () => (await call("collectGarbage", null)).dropped,
    async stop() {
      await end(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<HubPorts> {
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the test hub ended with code ${String(code)}`);
  });
  // Later exits are the test's own doing.
  failed.catch(() => undefined);
  const [message] = (await Promise.race([once(child, "message"), failed])) as [HubPorts];
  return message;
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, "exit");
  child.kill("SIGKILL");
  await exit;
}
