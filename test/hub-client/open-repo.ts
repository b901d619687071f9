// A repository on a test hub, and the client that is tested on it.
import { isCairnError } from "../../src/core/errors.ts";
import type { HubFailureData } from "../../src/core/sync/hub-failure.ts";
import type { RemoteTarget, RepoType } from "../../src/core/sync/remote.ts";
import { createHub } from "../../src/hub/create-hub.ts";
import type { Hub, HubOptions, HubRequest, LfsObject, UploadPlan } from "../../src/hub/hub.ts";
import type { TestHub } from "../hub/client.ts";
import type { LoggedRequest } from "../hub/server/request-log.ts";

export const NEVER = new AbortController().signal;
export const TOKEN = "hf_ada";

let made = 0;

/** A name no other test of this process has used. */
export function newRepo(type: RepoType = "dataset"): Pick<RemoteTarget, "type" | "repo"> {
  made += 1;
  return { type, repo: `ada/repo-${made}` };
}

/** The client, with pauses that cost nothing. Gives also what it told to the log. */
export function clientOf(
  hub: TestHub,
  target: Pick<RemoteTarget, "type" | "repo">,
  options: Partial<HubOptions> = {},
): Hub & { readonly log: readonly HubRequest[] } {
  const log: HubRequest[] = [];
  const client = createHub({
    target: { hubUrl: hub.url, ...target },
    token: () => TOKEN,
    onRequest: (request) => log.push(request),
    ...options,
    pace: { retryMs: 1, ...options.pace },
  });
  return { ...client, log };
}

/** A repository that is there, and the client on it. */
export async function openRepo(
  hub: TestHub,
  options: Partial<HubOptions> & { readonly type?: RepoType } = {},
): Promise<ReturnType<typeof clientOf>> {
  const { type, ...rest } = options;
  const target = newRepo(type);
  await clientOf(hub, target).createRepo(false, NEVER);
  return clientOf(hub, target, rest);
}

/** What the hub said no with. */
export async function failure(promise: Promise<unknown>): Promise<HubFailureData> {
  const error: unknown = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (isCairnError(error, "hub_failed")) return error.data;
  throw new Error("it didn't fail as a hub does", { cause: error });
}

/** The kind of failure, such as `offline`. */
export async function kindOf(promise: Promise<unknown>): Promise<HubFailureData["kind"]> {
  return (await failure(promise)).kind;
}

export interface Content {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly body: Blob;
  readonly object: LfsObject;
}

/** Bytes that repeat nowhere near, and the object they are. */
export async function someBytes(size: number, seed = 1): Promise<Content> {
  let state = seed;
  const bytes = Uint8Array.from({ length: size }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return contentOf(bytes);
}

/** What there is to know of bytes to upload them. */
export async function contentOf(bytes: Uint8Array<ArrayBuffer>): Promise<Content> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { bytes, body: new Blob([bytes]), object: { sha256, sizeBytes: bytes.length } };
}

/** The one plan for an object that has to be sent. */
export async function planOf(
  client: Hub,
  object: LfsObject,
): Promise<Exclude<UploadPlan, { kind: "present" }>> {
  const [plan] = await client.planUploads([object], NEVER);
  if (plan === undefined || plan.kind === "present") throw new Error("there is nothing to send");
  return plan;
}

/** Uploads from the beginning, telling nobody. */
export async function send(client: Hub, body: Blob, object: LfsObject): Promise<void> {
  await client.upload(await planOf(client, object), body, null, SILENT, NEVER);
}

export const SILENT = { onSent: () => undefined, onPart: async () => undefined };

/** Uploads and commits a file kept as LFS. Gives the commit. */
export async function putLarge(
  client: Hub,
  path: string,
  content: Pick<Content, "body" | "object">,
): Promise<string> {
  await send(client, content.body, content.object);
  return commitOps(client, [{ kind: "pointer", path, object: content.object }]);
}

/** Commits on top of what is there. */
export async function commitOps(
  client: Hub,
  ops: Parameters<Hub["commit"]>[0]["ops"],
): Promise<string> {
  return client.commit({ title: "A test's", description: "", ops, parent: null }, NEVER);
}

/** The requests of a path, as `METHOD status`. */
export function tried(requests: readonly LoggedRequest[], path: RegExp): readonly string[] {
  return requests
    .filter((request) => request.method !== "OPTIONS" && path.test(request.path))
    .map(({ method, status }) => `${method} ${status}`);
}
