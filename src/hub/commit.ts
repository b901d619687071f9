// One atomic commit, as the lines of JSON that the hub takes.
import { assertNever } from "../core/brand.ts";
import { isCairnError } from "../core/errors.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import { apiOf, BRANCH } from "./addresses.ts";
import type { CommitOid, CommitOp, CommitRequest } from "./hub.ts";
import { isOid } from "./read.ts";
import { jsonOf, type Wire } from "./wire.ts";

const PIECE_BYTES = 0x60_00;

/** Commits, once: whatever answer gets lost, it is not sent again. */
export async function commit(
  wire: Wire,
  target: RemoteTarget,
  request: CommitRequest,
  signal: AbortSignal,
): Promise<CommitOid> {
  const answer = await wire.ask(
    {
      method: "POST",
      url: `${apiOf(target)}/commit/${BRANCH}`,
      headers: { "Content-Type": "application/x-ndjson" },
      body: commitBody(request),
      isSigned: true,
      isRetried: false,
      waitMs: wire.pace.commitMs,
    },
    signal,
  );
  const oid = readOid(answer, wire);
  if (isOid(oid)) return oid;
  // It was accepted, and nobody knows as what: the kind of failure after which one looks.
  throw wire.failures.failure("server", { requestId: answer.headers.get("X-Request-Id") });
}

function readOid(answer: Parameters<typeof jsonOf>[0], { failures }: Wire): unknown {
  try {
    return (jsonOf(answer, failures) as { readonly commitOid?: unknown } | null)?.commitOid;
  } catch (error) {
    if (isCairnError(error, "hub_failed")) return undefined;
    throw error;
  }
}

/** The lines of a commit. */
function commitBody({ title, description, ops, parent }: CommitRequest): Blob {
  const header = {
    key: "header",
    value: { summary: title, description, ...(parent !== null && { parentCommit: parent }) },
  };
  return new Blob([header, ...ops.map(lineOf)].map((line) => `${JSON.stringify(line)}\n`));
}

function lineOf(op: CommitOp): { readonly key: string; readonly value: object } {
  switch (op.kind) {
    case "text":
      return {
        key: "file",
        value: { path: op.path, content: base64Of(op.text), encoding: "base64" },
      };
    case "pointer":
      return {
        key: "lfsFile",
        value: {
          path: op.path,
          algo: "sha256",
          oid: op.object.sha256,
          size: op.object.sizeBytes,
        },
      };
    case "delete":
      return { key: "deletedFile", value: { path: op.path } };
    case "delete-folder":
      return { key: "deletedFolder", value: { path: op.path } };
    default:
      return assertNever(op);
  }
}

function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = "";
  // Pieces whose length three divides join without a seam.
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    encoded += btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES)));
  return encoded;
}
