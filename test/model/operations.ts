// What people and programs may do, at random, and what must come of it each time.
import fc from "fast-check";
import { expect } from "vitest";
import type { VersionNumber } from "../../src/core/version.ts";
import type { LogResult } from "../../src/protocol/ingest.ts";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import type { TrashUid, VersionRef } from "../../src/core/records.ts";
import { codeOf } from "../support/errors.ts";
import { aDraft, log, stage, stageWhole, type Files } from "../support/service-harness.ts";
import type { Content, Oracle } from "./oracle.ts";

interface Target {
  readonly project: string;
  readonly name: string;
}

/** `client` is the tab that acts; numbers and trash places may be of things that are not there. */
export type Operation = { readonly client: number; readonly target: Target } & (
  | { readonly kind: "log"; readonly content: Content; readonly aliases: readonly string[] }
  | { readonly kind: "race"; readonly contents: readonly [Content, Content] }
  | { readonly kind: "draft"; readonly number: number; readonly content: Content }
  | { readonly kind: "setAlias"; readonly number: number; readonly alias: string }
  | { readonly kind: "removeAlias"; readonly alias: string }
  | { readonly kind: "tag"; readonly number: number; readonly tags: readonly string[] }
  | { readonly kind: "use"; readonly selector: string }
  | { readonly kind: "deleteVersion"; readonly number: number; readonly force: boolean }
  | { readonly kind: "deleteArtifact" }
  | { readonly kind: "deleteProject" }
  | { readonly kind: "restore"; readonly place: number }
  | { readonly kind: "empty"; readonly place: number }
  | { readonly kind: "collectWhileLogging"; readonly content: Content }
  | { readonly kind: "emptyWhileDrafting"; readonly content: Content }
);

const LARGE = new Uint8Array(70_000).map((_, i) => i % 241);

/** The files of a content: some shared by all, some its own, one large in every other. */
export function filesOfContent(content: Content): Files {
  return {
    [`content/${content}`]: "",
    "shared/base": "the same in every content",
    [`own/${content}`]: `bytes of ${content}`,
    ...(content < "c" && { "big/weights": LARGE }),
  };
}

const content = fc.constantFrom("a", "b", "c", "d");
const number = fc.nat({ max: 4 });
const alias = fc.constantFrom("best", "prod");
const place = fc.nat({ max: 3 });

/** Sequences of operations of two tabs on a few names. */
export const operations: fc.Arbitrary<readonly Operation[]> = fc.array(
  fc
    .record({
      client: fc.nat({ max: 1 }),
      target: fc.record({
        project: fc.constantFrom("p", "q"),
        name: fc.constantFrom("net", "set"),
      }),
      what: fc.oneof(
        {
          arbitrary: fc.record({
            kind: fc.constant("log" as const),
            content,
            aliases: fc.subarray(["best", "prod"]),
          }),
          weight: 6,
        },
        fc.record({ kind: fc.constant("race" as const), contents: fc.tuple(content, content) }),
        fc.record({ kind: fc.constant("draft" as const), number, content }),
        fc.record({ kind: fc.constant("setAlias" as const), number, alias }),
        fc.record({ kind: fc.constant("removeAlias" as const), alias }),
        fc.record({ kind: fc.constant("tag" as const), number, tags: fc.subarray(["x", "y"]) }),
        fc.record({
          kind: fc.constant("use" as const),
          selector: fc.constantFrom("latest", "best", "prod"),
        }),
        {
          arbitrary: fc.record({
            kind: fc.constant("deleteVersion" as const),
            number,
            force: fc.boolean(),
          }),
          weight: 3,
        },
        fc.record({ kind: fc.constant("deleteArtifact" as const) }),
        fc.record({ kind: fc.constant("deleteProject" as const) }),
        { arbitrary: fc.record({ kind: fc.constant("restore" as const), place }), weight: 3 },
        fc.record({ kind: fc.constant("empty" as const), place }),
        fc.record({ kind: fc.constant("collectWhileLogging" as const), content }),
        fc.record({ kind: fc.constant("emptyWhileDrafting" as const), content }),
      ),
    })
    .map(({ client, target, what }) => ({ client, target, ...what })),
  { maxLength: 14 },
);

/** Two tabs over one database, the oracle beside them, and the run they use things in. */
export interface World {
  readonly tabs: readonly [StoreApi, StoreApi];
  readonly collect: (tab: number) => Promise<number>;
  readonly oracle: Oracle;
}

/** Does one thing in Cairn and in the oracle, and compares what both say of it. */
export async function perform(world: World, operation: Operation): Promise<void> {
  const { oracle } = world;
  const api = world.tabs[operation.client === 0 ? 0 : 1];
  const { project, name } = operation.target;
  switch (operation.kind) {
    case "log": {
      const result = await logContent(api, operation.target, operation.content, operation.aliases);
      expectLogged(oracle.log(project, name, operation.content, operation.aliases), result);
      return;
    }
    case "race":
      await race(world, operation.target, operation.contents);
      return;
    case "draft":
      await draftFrom(world, api, operation);
      return;
    case "setAlias": {
      const there = oracle.has(project, name, operation.number);
      const code = await codeOf(api.setAlias(refOf(operation), operation.alias));
      expect(code === "no error").toBe(there);
      if (there) oracle.setAlias(project, name, operation.number, operation.alias);
      return;
    }
    case "removeAlias": {
      const removed = oracle.removeAlias(project, name, operation.alias);
      const code = await codeOf(api.removeAlias(project, name, operation.alias));
      expect(code).toBe(removed ? "no error" : "not_found");
      return;
    }
    case "tag": {
      const there = oracle.has(project, name, operation.number);
      const code = await codeOf(api.editVersion(refOf(operation), { tags: operation.tags }));
      expect(code === "no error").toBe(there);
      oracle.tag(project, name, operation.number, operation.tags);
      return;
    }
    case "use": {
      const expected = oracle.resolve(project, name, operation.selector);
      const run = await api.startRun("runs", "user", {});
      oracle.openProject("runs");
      const used = api.useVersion(`${project}/${name}:${operation.selector}`, null, run.uid, null);
      if (expected === undefined) expect(["not_found", "in_trash"]).toContain(await codeOf(used));
      else {
        expect((await used).version.number).toBe(expected);
        oracle.use("user", project, name, expected);
      }
      await api.endRun(run.uid, "finished");
      return;
    }
    case "deleteVersion":
      await deleteVersion(world, api, operation);
      return;
    case "deleteArtifact": {
      const deleted = api.deleteVersions({ kind: "artifact", project, name }, true);
      if (!oracle.hasArtifact(project, name)) expect(await codeOf(deleted)).toBe("not_found");
      else oracle.deleteArtifact((await deleted).trash, project, name);
      return;
    }
    case "deleteProject": {
      const deleted = api.deleteVersions({ kind: "project", project }, true);
      if (!oracle.hasProject(project)) expect(await codeOf(deleted)).toBe("not_found");
      else oracle.deleteProject((await deleted).trash, project);
      return;
    }
    case "restore": {
      const uid = trashAt(oracle, operation.place);
      if (uid === undefined) return;
      await api.restore(uid);
      oracle.restore(uid);
      return;
    }
    case "empty": {
      const uid = trashAt(oracle, operation.place);
      if (uid === undefined) return;
      const { freedBytes } = await api.planEmpty([uid]);
      // Bytes doubled by a race are freed as well.
      expect((await api.emptyTrash([uid])).freedBytes).toBeGreaterThanOrEqual(freedBytes);
      oracle.empty(uid);
      return;
    }
    case "collectWhileLogging": {
      const [result] = await Promise.all([
        logContent(api, operation.target, operation.content, []),
        world.collect(1 - operation.client),
      ]);
      expectLogged(oracle.log(project, name, operation.content, []), result);
      return;
    }
    case "emptyWhileDrafting": {
      const { ingest, entries } = await stageWhole(api, filesOfContent(operation.content));
      const other = world.tabs[operation.client === 0 ? 1 : 0];
      if (oracle.hasProject(project)) {
        const { trash } = await other.deleteVersions({ kind: "project", project }, true);
        oracle.deleteProject(trash, project);
      }
      await other.emptyTrash(null);
      for (const uid of oracle.trash.keys()) oracle.empty(uid);
      const draft = aDraft({ ...operation.target, type: "model" });
      const result = await api.commitDraft(ingest, draft, entries);
      expectLogged(oracle.log(project, name, operation.content, []), result);
    }
  }
}

function logContent(
  api: StoreApi,
  target: Target,
  letter: Content,
  aliases: readonly string[],
): Promise<LogResult> {
  return log(api, filesOfContent(letter), { ...target, aliases, type: "model" });
}

/** Two tabs log at once: the outcome must be that of one order or the other [V5]. */
async function race(
  world: World,
  target: Target,
  contents: readonly [Content, Content],
): Promise<void> {
  const [first, second] = await Promise.all([
    logContent(world.tabs[0], target, contents[0], []),
    logContent(world.tabs[1], target, contents[1], []),
  ]);
  const { project, name } = target;
  const isInOrder = first.created
    ? !second.created || first.version.number < second.version.number
    : !second.created || first.version.number !== second.version.number;
  const order = isInOrder ? [0, 1] : [1, 0];
  for (const i of order)
    expectLogged(
      world.oracle.log(project, name, contents[i === 0 ? 0 : 1], []),
      i === 0 ? first : second,
    );
}

/** Turns one content into another from a version, without copying what both share. */
async function draftFrom(
  { oracle }: World,
  api: StoreApi,
  operation: Extract<Operation, { kind: "draft" }>,
): Promise<void> {
  const { project, name } = operation.target;
  if (!oracle.has(project, name, operation.number)) return;
  const base = await api.getVersion(project, name, `v${operation.number}`);
  const { paths } = await api.getManifest(base.version.digest);
  const wanted = filesOfContent(operation.content);
  const added = Object.entries(wanted).filter(([path]) => !paths.some((own) => own === path));
  const { ingest, entries } = await stage(api, Object.fromEntries(added));
  await api.startFrom(ingest, base.version.digest);
  const removed = paths.filter((path) => !(path in wanted));
  const result = await api.commitDraft(ingest, aDraft({ ...operation.target, type: "model" }), {
    ...entries,
    base: { manifest: base.version.digest, removed },
  });
  expectLogged(oracle.log(project, name, operation.content, []), result);
}

async function deleteVersion(
  { oracle }: World,
  api: StoreApi,
  operation: Extract<Operation, { kind: "deleteVersion" }>,
): Promise<void> {
  const { project, name } = operation.target;
  const numbers = [operation.number as VersionNumber];
  const target = { kind: "versions", project, name, numbers } as const;
  const deleted = api.deleteVersions(target, operation.force ? true : []);
  if (!oracle.has(project, name, operation.number)) expect(await codeOf(deleted)).toBe("not_found");
  else if (!operation.force && oracle.aliasesOn(project, name, operation.number).length > 0)
    expect(await codeOf(deleted)).toBe("aliases_held");
  else oracle.deleteVersion((await deleted).trash, project, name, operation.number);
}

function expectLogged(
  expected: { readonly number: number; readonly created: boolean },
  { version, created }: LogResult,
): void {
  expect({ number: version.number, created }).toEqual(expected);
}

function refOf(operation: { readonly target: Target; readonly number: number }): VersionRef {
  return { ...operation.target, number: operation.number } as VersionRef;
}

function trashAt(oracle: Oracle, index: number): TrashUid | undefined {
  return [...oracle.trash.keys()][index] as TrashUid | undefined;
}
