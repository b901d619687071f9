// The address by which tests steer a running hub. Not part of what it models.
import type { IncomingMessage, ServerResponse } from "node:http";
import { parseJson, readBody } from "./call.ts";
import type { FaultRule } from "./faults.ts";
import type { Hub } from "./hub.ts";
import { sendReply } from "./listen.ts";
import { jsonReply } from "./reply.ts";
import type { HubLimits, TokenSettings } from "./settings.ts";

/** What may be asked of the control address, each by its name. */
export interface ControlCalls {
  setFaults: { input: readonly FaultRule[]; output: null };
  clearFaults: { input: null; output: null };
  faults: { input: null; output: ReturnType<Hub["faults"]["states"]> };
  requests: { input: null; output: ReturnType<Hub["log"]["all"]> };
  clearRequests: { input: null; output: null };
  /** Puts the hub's clock forward. */
  advance: { input: { readonly ms: number }; output: null };
  setLimits: { input: Partial<HubLimits>; output: null };
  setUploadHeaders: { input: Readonly<Record<string, string>>; output: null };
  addToken: { input: TokenSettings; output: null };
  expireToken: { input: { readonly token: string }; output: null };
  /** What the person says on the authorize page from now on. */
  denySignIn: { input: { readonly isDenied: boolean }; output: null };
  collectGarbage: { input: null; output: { readonly dropped: number } };
}

type Actions = {
  [Name in keyof ControlCalls]: (
    hub: Hub,
    input: ControlCalls[Name]["input"],
  ) => ControlCalls[Name]["output"];
};

const ACTIONS: Actions = {
  setFaults: (hub, rules) => done(hub.faults.set(rules)),
  clearFaults: (hub) => done(hub.faults.clear()),
  faults: (hub) => hub.faults.states(),
  requests: (hub) => hub.log.all(),
  clearRequests: (hub) => done(hub.log.clear()),
  advance: (hub, { ms }) => done(hub.advance(ms)),
  setLimits: (hub, limits) => {
    hub.limits = { ...hub.limits, ...limits };
    return null;
  },
  setUploadHeaders: (hub, headers) => {
    hub.uploadHeaders = headers;
    return null;
  },
  addToken: (hub, token) => done(hub.accounts.add(token)),
  expireToken: (hub, { token }) => done(hub.accounts.expire(token)),
  denySignIn: (hub, { isDenied }) => {
    hub.codes.isDenied = isDenied;
    return null;
  },
  collectGarbage: (hub) => ({ dropped: hub.collectGarbage() }),
};

function done(_nothing: void): null {
  return null;
}

/** Answers `POST /<name>` with the call's output as JSON. */
export async function control(
  hub: Hub,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const name = (request.url ?? "").slice(1);
  if (!Object.hasOwn(ACTIONS, name)) {
    sendReply(response, jsonReply({ error: `no such call: ${name}` }, {}, 404));
    return;
  }
  const text = (await readBody(request, 10_000_000)).toString("utf8");
  const { input } = parseJson<{ input: never }>(text);
  const action = ACTIONS[name as keyof ControlCalls] as (hub: Hub, input: unknown) => unknown;
  sendReply(response, jsonReply(action(hub, input)));
}
