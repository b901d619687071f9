// Speaks the Hub's protocol plainly, so that a test sees each status and header.
import { createHash } from "node:crypto";
import type { TestHub } from "./client.ts";

export type Operation = readonly [key: string, value: Readonly<Record<string, unknown>>];

export interface LfsAnswer {
  readonly transfer: string;
  readonly objects: readonly {
    readonly oid: string;
    readonly size: number;
    readonly error?: { readonly code: number; readonly message: string };
    readonly actions?: {
      readonly upload: {
        readonly href: string;
        readonly header?: Readonly<Record<string, string>>;
      };
      readonly verify?: { readonly href: string };
    };
  }[];
}

export interface Talk {
  /** Sends a request as the token's owner; a body that is no text is sent as JSON. */
  send(method: string, path: string, body?: unknown, init?: RequestInit): Promise<Response>;
  /** Makes a dataset repo, or what `more` says, and gives its name. */
  create(name: string, more?: Readonly<Record<string, unknown>>): Promise<Response>;
  commit(
    repo: string,
    operations: readonly Operation[],
    header?: Readonly<Record<string, unknown>>,
  ): Promise<Response>;
  batch(
    repo: string,
    objects: readonly unknown[],
    transfers?: readonly string[],
  ): Promise<Response>;
  /** Uploads bytes as an LFS object, without committing them. Gives their SHA-256. */
  upload(repo: string, bytes: Uint8Array<ArrayBuffer>): Promise<string>;
}

/** A person at the hub. Repos are named by their git path, such as "datasets/ada/nets". */
export function talkTo(hub: TestHub, token: string | null = "hf_ada"): Talk {
  const talk: Talk = {
    send: (method, path, body, init = {}) =>
      fetch(path.startsWith("http") ? path : hub.url + path, {
        method,
        redirect: "manual",
        ...init,
        headers: {
          ...(token !== null && { Authorization: `Bearer ${token}` }),
          ...(init.headers as Record<string, string>),
        },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    create: (name, more = {}) =>
      talk.send("POST", "/api/repos/create", {
        name,
        organization: "ada",
        type: "dataset",
        ...more,
      }),
    commit: (repo, operations, header = {}) =>
      talk.send("POST", `/api/${repo}/commit/main`, payload(operations, header)),
    batch: (repo, objects, transfers = ["basic", "multipart"]) =>
      talk.send("POST", `/${repo}.git/info/lfs/objects/batch`, {
        operation: "upload",
        transfers,
        objects,
      }),
    async upload(repo, bytes) {
      const answer = await talk.batch(repo, [{ oid: sha256(bytes), size: bytes.length }]);
      const { objects } = (await answer.json()) as LfsAnswer;
      const upload = objects[0]?.actions?.upload;
      if (upload !== undefined) {
        const put = await fetch(upload.href, { method: "PUT", body: bytes });
        if (!put.ok) throw new Error(`PUT: ${put.status} ${await put.text()}`);
      }
      return sha256(bytes);
    },
  };
  return talk;
}

/** The lines of a commit. */
export function payload(
  operations: readonly Operation[],
  header: Readonly<Record<string, unknown>> = {},
): string {
  return [["header", { summary: "a commit", ...header }] as const, ...operations]
    .map(([key, value]) => JSON.stringify({ key, value }))
    .join("\n");
}

/** The operation that puts a text. */
export function file(path: string, text: string): Operation {
  return ["file", { path, content: Buffer.from(text).toString("base64"), encoding: "base64" }];
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The JSON of an answer, as what the test takes it for. */
export async function json<T>(response: Response | Promise<Response>): Promise<T> {
  return (await (await response).json()) as T;
}

/** The status and the message of an answer, for tests about what is refused and how it is said. */
export async function refusal(response: Response | Promise<Response>): Promise<[number, string]> {
  const { status } = await response;
  return [status, (await json<{ error: string }>(response)).error];
}
