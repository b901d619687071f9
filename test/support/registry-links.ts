// models/net and its links, and calls that must be refused.
import { isCairnError, type ErrorCode } from "../../src/core/errors.ts";
import type { VersionRef } from "../../src/core/records.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { Linked } from "../../src/protocol/registry-link-api.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import { codeOf } from "./errors.ts";
import { openCast, readLog, type Cast } from "./registry-actors.ts";
import { log, type Harness } from "./service-harness.ts";

export function v(number: number): VersionNumber {
  return number as VersionNumber;
}

/** A version of digits/net. */
export function netRef(number: number): VersionRef {
  return { project: "digits", name: "net", number: v(number) } as VersionRef;
}

/** What a call is refused with. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ readonly code: ErrorCode; readonly data: unknown }> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!isCairnError(error)) throw error ?? new Error("it was not refused");
  return { code: error.code, data: error.data };
}

/** As `codeOf`, and sees that a refused call wrote nothing into the log of `models`. */
export async function cleanCodeOf(
  harness: Harness,
  call: () => Promise<unknown>,
): Promise<ErrorCode | "no error"> {
  const before = JSON.stringify(await readLog(harness, "models"));
  const code = await codeOf(call());
  if (code !== "no error" && JSON.stringify(await readLog(harness, "models")) !== before)
    throw new Error(`a call that was refused with ${code} wrote into the log`);
  return code;
}

/** A registry `models`, somebody in each role, and digits/net with v0, v1, v2 logged. */
export async function withNet(fields: Parameters<typeof openCast>[0] = {}): Promise<Cast> {
  const cast = await openCast(fields);
  for (const content of ["0", "1", "2"]) await log(cast.api, { a: content });
  return cast;
}

/** As {@link withNet}, with all three linked as v0, v1, v2 of models/net. */
export async function withLinks(): Promise<Cast> {
  const cast = await withNet();
  for (const number of [0, 1, 2]) await link(cast.api, number);
  return cast;
}

/** Links a version of digits/net to models/net. */
export function link(
  api: StoreApi,
  number: number,
  aliases: readonly string[] = [],
): Promise<Linked> {
  return api.linkVersion(`digits/net:v${number}`, null, "models/net", aliases);
}

/** Puts an alias on a version of models/net. */
export function setAlias(api: StoreApi, number: number, alias: string): Promise<unknown> {
  return api.setLinkAlias("models", "net", v(number), alias);
}

/** Takes an alias of models/net off. */
export function takeAlias(api: StoreApi, alias: string): Promise<unknown> {
  return api.removeLinkAlias("models", "net", alias);
}

/** The aliases of models/net with their holders, `latest` among them. */
export async function holdersOf(api: StoreApi): Promise<Readonly<Record<string, number>>> {
  const { linkList } = await api.getCollection("models", "net", null);
  return Object.fromEntries(
    linkList.flatMap(({ aliases }) => aliases.map(({ alias, number }) => [alias, number])),
  );
}

/** Puts a version of digits/net into the trash. */
export async function trash(api: StoreApi, number: number): Promise<void> {
  const { project, name } = netRef(number);
  await api.deleteVersions({ kind: "versions", project, name, numbers: [v(number)] }, true);
}
