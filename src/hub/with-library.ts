// Calls the Hub's library by our rules: our requests, our errors.
import { isCairnError } from "../core/errors.ts";
import type { RemoteTarget } from "../core/sync/remote.ts";
import { encodePath } from "./addresses.ts";
import { kindOf, wordsOf, type Failures } from "./failures.ts";
import type { HubOptions } from "./hub.ts";
import type * as LibraryModule from "./library.ts";
import { isNoEntry, type Answer, type Ask, type Wire } from "./wire.ts";

export type Library = typeof LibraryModule;

/** What the library's functions take beside their own. */
export interface LibraryParams {
  readonly hubUrl: string;
  readonly repo: { readonly type: RemoteTarget["type"]; readonly name: string };
  readonly fetch: typeof fetch;
  /** Left out where nobody is signed in. */
  readonly accessToken?: string;
}

export interface LibraryCall {
  readonly options: HubOptions;
  readonly wire: Wire;
  readonly isRetried: boolean;
  /** Takes a folder that isn't there for an empty list. */
  readonly absentIsEmpty?: boolean;
  /** Sends requests otherwise than by the wire. */
  readonly fetch?: typeof fetch;
}

/** Runs what uses the library. @throws CairnError `hub_failed`, `aborted` */
export async function withLibrary<T>(
  call: LibraryCall,
  run: (library: Library, params: LibraryParams) => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  try {
    const params = await paramsOf(call, signal);
    const library = await import("./library.ts");
    return await run(library, params);
  } catch (error) {
    throw translateLibrary(error, call.wire.failures, signal);
  }
}

async function paramsOf(call: LibraryCall, signal: AbortSignal): Promise<LibraryParams> {
  const { options, wire } = call;
  const { hubUrl, type, repo } = options.target;
  const token = await options.token();
  // The library knows the Hub's tokens by how they begin, and would refuse others in words of its own.
  if (token !== null && !token.startsWith("hf_")) throw wire.failures.failure("signed_out");
  return {
    hubUrl,
    repo: { type, name: encodePath(repo) },
    fetch: call.fetch ?? wireFetch(call, signal),
    ...(token !== null && { accessToken: token }),
  };
}

/** A fetch that goes over the wire: it throws our errors before the library makes its own. */
function wireFetch(
  { options, wire, isRetried, absentIsEmpty }: LibraryCall,
  signal: AbortSignal,
): typeof fetch {
  const { hubUrl } = options.target;
  return async (input, init) => {
    const { authorization: _ours, ...headers } = Object.fromEntries(new Headers(init?.headers));
    const ask: Ask = {
      method: init?.method === "POST" ? "POST" : "GET",
      url: input instanceof Request ? input.url : String(input),
      headers,
      ...(typeof init?.body === "string" && { body: init.body }),
      isSigned: true,
      isRetried,
      accepts: (answer: Answer) => absentIsEmpty === true && isNoEntry(answer, hubUrl),
    };
    const answer = await wire.ask(ask, signal);
    return answer.status === 404
      ? new Response("[]")
      : new Response(answer.bytes, { status: answer.status, headers: answer.headers });
  };
}

/** The error for what the library threw: its own kind has a status, and the hub's words. */
export function translateLibrary(thrown: unknown, failures: Failures, signal: AbortSignal): Error {
  if (signal.aborted || isCairnError(thrown) || !isApiError(thrown))
    return failures.translate(thrown, signal);
  const { statusCode, requestId = null, data, message } = thrown;
  const detail = wordsOf(JSON.stringify(data ?? {}), message);
  return failures.failure(kindOf(statusCode, detail), { detail, requestId, cause: thrown });
}

interface ApiError extends Error {
  readonly statusCode: number;
  readonly requestId?: string;
  readonly data?: unknown;
}

/** By its shape: its class is in the part that is loaded late. */
function isApiError(thrown: unknown): thrown is ApiError {
  return thrown instanceof Error && typeof (thrown as Partial<ApiError>).statusCode === "number";
}
