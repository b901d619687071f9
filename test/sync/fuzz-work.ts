// What people do offline in a fuzz, at random; whatever the rules refuse is left undone.
import { isCairnError } from "../../src/core/errors.ts";
import type { TrashUid, VersionRef, VersionUid } from "../../src/core/records.ts";
import type { SharedArtifact, SharedVersion } from "../../src/core/sync/shared.ts";
import type { Dice } from "../model/dice.ts";
import { log } from "../support/service-harness.ts";
import type { Device } from "./devices.ts";

export const PROJECTS = ["digits", "words"] as const;
const NAMES = ["net", "set"] as const;
const ALIASES = ["prod", "best"] as const;
const TAGS = ["good", "bad", "new"] as const;

/** What was done, as far as nothing may come of it but what is expected. */
export interface Diary {
  /** Every version that was logged anywhere, and what it holds. */
  readonly logged: Map<VersionUid, { readonly digest: string; readonly place: string }>;
  /** Those that somebody deleted. */
  readonly deleted: Set<VersionUid>;
}

/** Does one thing in one browser. */
export async function work(device: Device, dice: Dice, diary: Diary): Promise<void> {
  const project = dice.pick(PROJECTS);
  const name = dice.pick(NAMES);
  try {
    await dice.pick(WORK)({ device, dice, diary, project, name });
  } catch (error) {
    if (!isCairnError(error) || !REFUSALS.has(error.code)) throw error;
  }
}

const REFUSALS: ReadonlySet<string> = new Set([
  "not_found",
  "in_trash",
  "aliases_held",
  "would_loop",
  "run_over",
  "type_mismatch",
]);

interface Doing {
  readonly device: Device;
  readonly dice: Dice;
  readonly diary: Diary;
  readonly project: (typeof PROJECTS)[number];
  readonly name: (typeof NAMES)[number];
}

type Work = (doing: Doing) => Promise<unknown>;

const logNew: Work = (doing) =>
  logFiles(doing, { "model.bin": doing.dice.word(), "sub/notes.txt": "the same in all" });

/** Content that others may log as well. */
const logKnown: Work = (doing) =>
  logFiles(doing, { "data.csv": `row ${doing.dice.below(4)}`, "empty.txt": "" });

/** More files than the fuzz puts into one commit. */
const logBig: Work = (doing) => {
  const word = doing.dice.word();
  const files = Array.from({ length: 7 }, (_, i) => [`part-${i}.bin`, `${word} ${i}`]);
  return logFiles(doing, Object.fromEntries(files) as Record<string, string>);
};

const WORK: readonly Work[] = [
  logNew,
  logNew,
  logBig,
  logKnown,
  logKnown,
  async (doing) => {
    const version = await someVersion(doing, (each) => each.deleted === null);
    if (version !== null)
      await doing.device.api.setAlias(refOf(doing, version), doing.dice.pick(ALIASES));
  },
  ({ device, dice, project, name }) => device.api.removeAlias(project, name, dice.pick(ALIASES)),
  async (doing) => {
    const { device, dice } = doing;
    const version = await someVersion(doing, (each) => each.deleted === null);
    if (version === null) return;
    const edit = dice.pick([
      { tags: [dice.pick(TAGS)] },
      { description: dice.word() },
      { metadata: { accuracy: dice.below(100) } },
      { pinned: dice.isLucky(0.5) },
    ]);
    await device.api.editVersion(refOf(doing, version), edit);
  },
  ({ device, dice, project, name }) => device.api.setArtifactTags(project, name, [dice.pick(TAGS)]),
  async (doing) => {
    const version = await someVersion(doing, (each) => each.deleted === null);
    if (version === null) return;
    const { device, dice, diary, project, name } = doing;
    const target = { kind: "versions", project, name, numbers: [version.number] } as const;
    await device.api.deleteVersions(target, dice.isLucky(0.7) ? true : []);
    diary.deleted.add(version.uid);
  },
  async ({ device, dice, diary, project, name }) => {
    if (!dice.isLucky(0.2)) return;
    const before = await device.state(project);
    const isWhole = dice.isLucky(0.3);
    const target = isWhole
      ? ({ kind: "project", project } as const)
      : ({ kind: "artifact", project, name } as const);
    await device.api.deleteVersions(target, true);
    for (const artifact of before.artifacts.values())
      if (isWhole || artifact.name === name)
        for (const uid of artifact.versions.keys()) diary.deleted.add(uid);
  },
  ({ device, dice }) => withEntry(device, dice, (uid) => device.api.restore(uid)),
  ({ device, dice }) => withEntry(device, dice, (uid) => device.api.restore(uid)),
  ({ device, dice }) => withEntry(device, dice, (uid) => device.api.emptyTrash([uid])),
  async ({ device, dice, project, name }) => {
    const run = await device.api.startRun(project, dice.word(), { seed: dice.below(9) });
    try {
      await device.api.useVersion(`${project}/${name}:latest`, project, run.uid, null);
    } finally {
      if (dice.isLucky(0.8)) await device.api.endRun(run.uid, dice.pick(["finished", "failed"]));
    }
  },
  async (doing) => {
    const { device, dice } = doing;
    const version = await someVersion(doing, (each) => each.deleted === null);
    if (version !== null)
      await device.api.addRunEdge(
        refOf(doing, version),
        `run-${dice.below(3)}`,
        dice.pick(["input", "output"]),
      );
  },
  async (doing) => {
    const { device, dice, project, name } = doing;
    const child = await someVersion(doing, (each) => each.deleted === null);
    if (child === null) return;
    const parent = `${dice.pick(PROJECTS)}/${dice.pick(NAMES)}:latest`;
    if (parent !== `${project}/${name}:latest`)
      await device.api.addDerivation(refOf(doing, child), parent);
  },
  async ({ device, dice, project }) => {
    const run = dice.maybe([...(await device.state(project)).runs.values()]);
    if (run === undefined) return;
    if (run.deletedAt === null) await device.api.deleteRun(run.uid);
    else await device.api.restoreRun(run.uid);
  },
];

async function logFiles(
  { device, dice, diary, project, name }: Doing,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  const aliases = dice.isLucky(0.3) ? [dice.pick(ALIASES)] : [];
  const run = dice.isLucky(0.3) ? `run-${dice.below(3)}` : "";
  const draft = { project, name, type: "model", aliases, run, metadata: "" };
  const { version, created } = await log(device.api, files, draft);
  if (created)
    diary.logged.set(version.uid, { digest: version.digest, place: `${project}/${name}` });
}

async function someVersion(
  { device, dice, project, name }: Doing,
  isWanted: (version: SharedVersion) => boolean,
): Promise<SharedVersion | null> {
  const artifact: SharedArtifact | undefined = (await device.state(project)).artifacts.get(
    name as SharedArtifact["name"],
  );
  return dice.maybe([...(artifact?.versions.values() ?? [])].filter(isWanted)) ?? null;
}

function refOf({ project, name }: Doing, { number }: SharedVersion): VersionRef {
  return { project, name, number } as VersionRef;
}

async function withEntry(
  device: Device,
  dice: Dice,
  run: (uid: TrashUid) => Promise<unknown>,
): Promise<void> {
  const entry = dice.maybe(await device.api.listTrash());
  if (entry !== undefined) await run(entry.uid);
}
