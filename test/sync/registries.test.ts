// Registries' logs through a remote: signed, verified on arrival, put together as if they had come as files [E3].
import "fake-indexeddb/auto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RegistryUid } from "../../src/core/registry/records.ts";
import type { RemoteIndex } from "../../src/core/sync/files.ts";
import { registryHeadPath, registryPartPath } from "../../src/core/sync/layout.ts";
import type { CommitOid, CommitOp, Hub } from "../../src/hub/hub.ts";
import { exportRegistry } from "../../src/service/registry/export.ts";
import { importRegistry } from "../../src/service/registry/import.ts";
import type { RemoteRecord } from "../../src/store/sync-records.ts";
import { changedParts, partsOf } from "../../src/sync/registry-parts.ts";
import { readLog } from "../../src/sync/sync-log.ts";
import {
  planRegistries,
  pullRegistries,
  type RegistriesPulled,
} from "../../src/sync/sync-registries.ts";
import { startHub, type TestHub } from "../hub/client.ts";
import { aRegistry, openActor, readRegistry, type Actor } from "../support/registry-actors.ts";
import { headOf, holders, link, openThree, put, send } from "../support/registry-logs.ts";
import { syncCtxOf, type TestSyncCtx } from "./sync-ctx.ts";
import { remoteRow } from "./tabs.ts";

const NEVER = new AbortController().signal;
let testHub: TestHub;
beforeAll(async () => {
  testHub = await startHub();
});
afterAll(() => testHub.stop());

/** A repository with an index, as rounds keep it. */
interface Repository {
  readonly hub: Hub;
  readonly repo: string;
  head: CommitOid;
  index: RemoteIndex;
}

/** A device that syncs one registry with the repository. */
interface Device {
  readonly sync: TestSyncCtx;
  readonly row: () => Promise<RemoteRecord>;
  pull(): Promise<RegistriesPulled>;
  /** Answers the paths that were written. */
  push(problems?: RegistriesPulled["problems"]): Promise<readonly string[]>;
}

let repos = 0;

async function openRepository({ ctx }: Actor): Promise<Repository> {
  ctx.hubTokens.set(testHub.url, "hf_ada");
  const repo = `ada/registries-${(repos += 1)}`;
  const hub = syncCtxOf(ctx).openHub({ hubUrl: testHub.url, type: "dataset", repo });
  await hub.createRepo(false, NEVER);
  const { commit } = await hub.readHead("none", NEVER);
  const index = { seq: 0, devices: new Map(), projects: new Map(), registries: new Map() };
  return { hub, repo, index, head: commit ?? (await commitTo(hub, null, [aText("begun")])) };
}

function aText(text: string, path = "README.md"): CommitOp {
  return { kind: "text", path, text };
}

function commitTo(
  hub: Hub,
  parent: CommitOid | null,
  ops: readonly CommitOp[],
): Promise<CommitOid> {
  return hub.commit({ title: "a commit", description: "", ops, parent }, NEVER);
}

async function openDevice(
  actor: Actor,
  repository: Repository,
  registry: RegistryUid,
): Promise<Device> {
  const sync = syncCtxOf(actor.ctx);
  sync.hubTokens.set(testHub.url, "hf_ada");
  const scope = { projects: [], registries: [registry] };
  const { uid } = remoteRow();
  await sync.db.put("remotes", remoteRow({ hubUrl: testHub.url, repo: repository.repo, scope }));
  const row = async (): Promise<RemoteRecord> => {
    const found = await sync.db.get("remotes", uid);
    if (found === undefined) throw new Error("the remote is gone");
    return found;
  };
  return {
    sync,
    row,
    pull: async () => {
      const { hub, head: commit, index } = repository;
      return pullRegistries(sync, await row(), hub, { commit, index }, NEVER);
    },
    push: async (problems = new Map()) => {
      const { hub, head, index } = repository;
      const { ops, registries } = await planRegistries(sync, await row(), index, problems);
      if (ops.length === 0) return [];
      repository.head = await commitTo(hub, head, ops);
      repository.index = {
        ...index,
        registries: new Map([...index.registries, ...registries]),
      };
      return ops.map(({ path }) => path);
    },
  };
}

async function uidOf(actor: Actor): Promise<RegistryUid> {
  return (await readRegistry(actor, "models")).record.uid;
}

test("[E3] a log comes to a device that never saw it, whole and sealed, and nothing goes back", async () => {
  const [ada] = await openThree();
  await link(ada);
  const repository = await openRepository(ada);
  const uid = await uidOf(ada);
  const written = await (await openDevice(ada, repository, uid)).push();
  expect(written).toEqual([registryHeadPath(uid), registryPartPath(uid, 0)]);
  const dee = await openActor("Dee");
  const device = await openDevice(dee, repository, uid);
  expect(await device.pull()).toEqual({ problems: new Map(), changed: ["models"] });
  expect(await headOf(dee)).toBe(await headOf(ada));
  expect(await device.push()).toEqual([]);
  expect(await device.pull()).toEqual({ problems: new Map(), changed: [] });
});

test("[E3] what two people did at once comes behind each other, signed anew by its own", async () => {
  const [ada, ben] = await openThree();
  const number = await link(ada);
  await send(ada, ben);
  const repository = await openRepository(ada);
  const uid = await uidOf(ada);
  const [one, two] = [
    await openDevice(ada, repository, uid),
    await openDevice(ben, repository, uid),
  ];
  await one.push();
  await put(ada, "staging", number);
  await put(ben, "checked", number);
  await link(ben);
  await one.push();
  await two.pull();
  await two.push();
  await one.pull();
  expect(await one.push()).toEqual([]);
  expect(await headOf(ada)).toBe(await headOf(ben));
  expect(await holders(ada)).toMatchObject({
    staging: expect.any(String) as string,
    checked: expect.any(String) as string,
  });
  const { fold } = await readRegistry(ada, "models");
  expect(fold.faults.size).toBe(0);
});

test("of a log that grew, only the head and the last part are written", async () => {
  const [ada] = await openThree();
  const file = await exportRegistry(ada.ctx, "models");
  const [head = "", line = ""] = (await file.text()).split("\n");
  const many = (count: number): Blob => new Blob([`${head}\n`, `${line}\n`.repeat(count)]);
  const [before, after] = [await partsOf(many(1_100)), await partsOf(many(1_101))];
  expect(before.parts.map((part) => part.split("\n").length - 1)).toEqual([500, 500, 100]);
  const { hashText } = ada.ctx.hasher;
  const digestsOf = (parts: readonly string[]): ReturnType<typeof hashText>[] =>
    parts.map((part) => hashText([part]));
  const theirs = {
    name: before.head.name,
    events: 1,
    head: before.head.head,
    parts: digestsOf(before.parts),
  };
  expect(changedParts(digestsOf(after.parts), theirs)).toEqual([2]);
  expect(changedParts(digestsOf(after.parts), undefined)).toEqual([0, 1, 2]);
});

test("long events make short parts, so that the hub keeps them as text", async () => {
  const [ada] = await openThree();
  const [head = ""] = (await (await exportRegistry(ada.ctx, "models")).text()).split("\n");
  const long = `"${"x".repeat(900_000)}"\n`;
  const { parts } = await partsOf(new Blob([`${head}\n`, long.repeat(5)]));
  expect(parts.map(({ length }) => length)).toEqual([2, 2, 1].map((count) => count * long.length));
});

test("parts that are here are not fetched again", async () => {
  const [ada, ben] = await openThree();
  const repository = await openRepository(ada);
  const uid = await uidOf(ada);
  await (await openDevice(ada, repository, uid)).push();
  await testHub.clearRequests();
  await (await openDevice(ben, repository, uid)).pull();
  expect(await testHub.requests()).toEqual([]);
});

test("the files of a registry, one behind the other, are a log that can be brought in by hand", async () => {
  const [ada] = await openThree();
  await link(ada);
  const repository = await openRepository(ada);
  const uid = await uidOf(ada);
  const paths = await (await openDevice(ada, repository, uid)).push();
  const texts = await Promise.all(
    paths.map((path) => repository.hub.readText(repository.head, path, NEVER)),
  );
  const dee = await openActor("Dee");
  const imported = await importRegistry(dee.ctx, new Blob(texts.map((text) => text ?? "")), null);
  expect(imported).toMatchObject({ kind: "new", verdict: { seal: { isRight: true } } });
});

test("a registry whose name another has here gets a name that is free", async () => {
  const [ada] = await openThree();
  const repository = await openRepository(ada);
  const uid = await uidOf(ada);
  await (await openDevice(ada, repository, uid)).push();
  const dee = await openActor("Dee");
  await dee.api.createRegistry(aRegistry());
  await dee.api.createRegistry(aRegistry({ name: "models-2" }));
  const device = await openDevice(dee, repository, uid);
  expect((await device.pull()).changed).toEqual(["models-3"]);
  expect(repository.index.registries.get(uid)?.name).toBe("models");
});

describe("a problem of one registry", () => {
  /** What a device makes of a repository in which something was changed behind everybody's back. */
  async function pullTampered(
    tamper: (uid: RegistryUid, repository: Repository) => Promise<readonly CommitOp[]>,
  ): Promise<{ device: Device; text: string | undefined; uid: RegistryUid }> {
    const [ada] = await openThree();
    const repository = await openRepository(ada);
    const uid = await uidOf(ada);
    await (await openDevice(ada, repository, uid)).push();
    const ops = await tamper(uid, repository);
    repository.head = await commitTo(repository.hub, repository.head, ops);
    const device = await openDevice(await openActor("Dee"), repository, uid);
    const { problems } = await device.pull();
    return { device, uid, text: problems.get(uid) };
  }

  test("is said once, kept for the page, and gone when it is mended", async () => {
    const [ada] = await openThree();
    const repository = await openRepository(ada);
    const uid = await uidOf(ada);
    const one = await openDevice(ada, repository, uid);
    await one.push();
    const good = repository.head;
    repository.head = await commitTo(repository.hub, good, [
      aText("{}\n", registryPartPath(uid, 0)),
    ]);
    const device = await openDevice(await openActor("Dee"), repository, uid);
    await device.pull();
    const { problems } = await device.pull();
    expect(problems.get(uid)).toContain("part 0");
    expect((await device.row()).problems).toEqual(problems);
    expect(await readLog(device.sync.db, remoteRow().uid, null, 9)).toMatchObject([
      { level: "error", text: `Registry “models”: ${problems.get(uid) ?? ""}` },
    ]);
    repository.head = good;
    expect((await device.pull()).changed).toEqual(["models"]);
    expect((await device.row()).problems).toEqual(new Map());
  });

  test.each<[what: string, tamper: Parameters<typeof pullTampered>[0], said: RegExp]>([
    [
      "a part is gone",
      async (uid) => [{ kind: "delete", path: registryPartPath(uid, 0) }],
      /part 0/,
    ],
    ["the head is no JSON", async (uid) => [aText("{", registryHeadPath(uid))], /no JSON/],
    [
      "the head is of another registry",
      async (uid, { hub, head }) => {
        const text = (await hub.readText(head, registryHeadPath(uid), NEVER)) ?? "";
        const other = uid.replace(/^[^-]+/, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
        return [aText(text.replace(uid, other), registryHeadPath(uid))];
      },
      /another registry/,
    ],
    [
      "the head says another length",
      async (uid, { hub, head }) => {
        const text = (await hub.readText(head, registryHeadPath(uid), NEVER)) ?? "";
        return [aText(text.replace(/"events":\d+/, '"events":2'), registryHeadPath(uid))];
      },
      /ends elsewhere/,
    ],
    [
      "the seal is somebody else's",
      async (uid, { hub, head }) => {
        const text = (await hub.readText(head, registryHeadPath(uid), NEVER)) ?? "";
        return [aText(text.replace(/"byName":"[^"]*"/, '"byName":"Eve"'), registryHeadPath(uid))];
      },
      /seal/,
    ],
  ])("is told where %s", async (_what, tamper, said) => {
    const { text, device } = await pullTampered(tamper);
    expect(text).toMatch(said);
    expect(await device.sync.db.count("registries")).toBe(0);
  });

  test("a log without its head is taken as nobody's, and verified all the same", async () => {
    const { text, device } = await pullTampered(async (uid) => [
      { kind: "delete", path: registryHeadPath(uid) },
    ]);
    expect(text).toBeUndefined();
    expect(await device.sync.db.count("registries")).toBe(1);
  });

  test("forked logs stay as they are, here and there, until those can settle it who signed", async () => {
    const [ada, ben, cyd] = await openThree();
    const repository = await openRepository(ada);
    const uid = await uidOf(ada);
    const number = await link(ada);
    await send(ada, ben);
    const [one, three] = [
      await openDevice(ada, repository, uid),
      await openDevice(cyd, repository, uid),
    ];
    await put(ben, "checked", number);
    await send(ben, cyd);
    await put(ada, "staging", number);
    await one.push();
    const before = await headOf(cyd);
    const { problems, changed } = await three.pull();
    expect(problems.get(uid)).toContain("“Ben”");
    expect(changed).toEqual([]);
    expect(await three.push(problems)).toEqual([]);
    expect(await headOf(cyd)).toBe(before);
    const two = await openDevice(ben, repository, uid);
    await two.pull();
    await two.push();
    expect((await three.pull()).problems.size).toBe(0);
    expect(await headOf(cyd)).toBe(await headOf(ben));
  });
});
