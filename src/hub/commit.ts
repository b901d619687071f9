// One atomic commit, as the lines of JSON that the hub takes.
import { assertNever } from "../core/brand.ts";
import { isCairnError } from "../core/errors.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import { apiOf, BRANCH } from "./addresses.ts";
import type { CommitOid, CommitOp, CommitRequest } from "./hub.ts";
import { isOid } from "./read.ts";
import { jsonOf, type Wire } from "./wire.ts";

/** Bytes of a text that become base64 at a time. */
const PIECE_BYTES = 0x18_00;
/** Length of the texts that a commit's body holds as such. */
const HELD_LENGTH = 256 * 1024;

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

/** The lines of a commit, put into a Blob as they are made: a long text isn't held several times over. */
function commitBody({ title, description, ops, parent }: CommitRequest): Blob {
  const body = new GrowingBlob();
  const value = { summary: title, description, ...(parent !== null && { parentCommit: parent }) };
  body.add(lineOf("header", value));
  for (const op of ops)
    if (op.kind === "text") for (const piece of textLine(op)) body.add(piece);
    else body.add(otherLine(op));
  return body.finish();
}

function otherLine(op: Exclude<CommitOp, { kind: "text" }>): string {
  switch (op.kind) {
    case "pointer": {
      const { sha256, sizeBytes } = op.object;
      return lineOf("lfsFile", { path: op.path, algo: "sha256", oid: sha256, size: sizeBytes });
    }
    case "delete":
      return lineOf("deletedFile", { path: op.path });
    case "delete-folder":
      return lineOf("deletedFolder", { path: op.path });
    default:
      return assertNever(op);
  }
}

function lineOf(key: string, value: object): string {
  return `${JSON.stringify({ key, value })}\n`;
}

/** What stands behind the content, which is a line's last field. */
const CONTENT_END = '"}}\n';

function* textLine({ path, text }: Extract<CommitOp, { kind: "text" }>): Generator<string> {
  yield lineOf("file", { path, encoding: "base64", content: "" }).slice(0, -CONTENT_END.length);
  const bytes = new TextEncoder().encode(text);
  // Pieces whose length three divides join without a seam.
  for (let at = 0; at < bytes.length; at += PIECE_BYTES)
    yield btoa(String.fromCharCode(...bytes.subarray(at, at + PIECE_BYTES)));
  yield CONTENT_END;
}

/** A Blob of many texts, of which it never holds more than some as such. */
class GrowingBlob {
  readonly #blobs: Blob[] = [];
  #texts: string[] = [];
  #length = 0;

  add(text: string): void {
    this.#texts.push(text);
    this.#length += text.length;
    if (this.#length >= HELD_LENGTH) this.#flush();
  }

  finish(): Blob {
    this.#flush();
    return new Blob(this.#blobs);
  }

  #flush(): void {
    this.#blobs.push(new Blob(this.#texts));
    this.#texts = [];
    this.#length = 0;
  }
}
