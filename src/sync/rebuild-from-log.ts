// The index made anew from the log of rounds, when it lacks some of that, or can't be read [S7].
import type { ProjectName } from "../core/names.ts";
import { readRound, type ReadRound } from "../core/sync/file-texts.ts";
import type { RemoteDevice, RemoteIndex, RemoteProject, RoundFile } from "../core/sync/files.ts";
import { LOG_FOLDER } from "../core/sync/layout.ts";
import { foldRounds } from "../core/sync/rebuild.ts";
import type { DeviceId, SharedProject } from "../core/sync/shared.ts";
import { snapshotFiles } from "../core/sync/snapshot.ts";
import type { CommitOid } from "../hub/hub.ts";
import type { Hasher } from "../hash/hasher.ts";
import { inLanes } from "../service/care/lanes.ts";
import { registriesThere } from "./registries-there.ts";
import type { RemoteHead } from "./remote-head.ts";
import { invalidRemote, READ_LANES, remark, type Run } from "./round-run.ts";
import { isUnusable } from "./unusable.ts";

/** What the log of rounds comes to. */
export interface Rebuilt {
  readonly states: ReadonlyMap<ProjectName, SharedProject>;
  readonly rounds: readonly RoundFile[];
  /** Projects with changes that only a newer Cairn knows: what they come to can't be told. */
  readonly unknown: ReadonlySet<ProjectName>;
  /** The index in whose place this is. */
  readonly before: RemoteIndex;
}

/** A round's file, by what its name says. */
export interface LoggedRound {
  readonly path: string;
  readonly device: DeviceId;
}

const ROUND_NAME = /\/\d{8,}-([^/-]+)-[^/-]+(\.lfs)?\.json$/;

/** The rounds in the log at a commit, as their names say; nothing is read. */
export async function listLog(run: Run, commit: CommitOid): Promise<readonly LoggedRound[]> {
  await run.step("list-log");
  const found: LoggedRound[] = [];
  for await (const { path, type } of run.hub.list(commit, LOG_FOLDER, run.signal)) {
    const device = ROUND_NAME.exec(path)?.[1];
    if (type === "file" && device !== undefined) found.push({ path, device: device as DeviceId });
  }
  return found;
}

/**
 * The same head with what its log says in place of what its index says. What of the log can't be is left
 * out, which everybody does alike.
 *
 * @throws CairnError `invalid_remote` for a round of a newer Cairn, `hub_failed`
 */
export async function rebuildHead(
  run: Run,
  head: RemoteHead,
  commit: CommitOid,
  log: readonly LoggedRound[],
): Promise<RemoteHead> {
  await run.step("read-log");
  run.meter.step("checking", { files: log.length, bytes: 0 });
  const rounds = await readRounds(run, commit, log);
  const unknown = new Set<ProjectName>();
  for (const { refused } of rounds)
    for (const { project, isNewer } of refused)
      if (isNewer && project !== null) unknown.add(project);
  const folded = [...foldRounds(rounds)].filter(([name]) => !unknown.has(name));
  const { hasher } = run.sync;
  return {
    ...head,
    index: {
      seq: rounds.reduce((most, { seq }) => Math.max(most, seq), head.index.seq),
      devices: devicesOf(rounds),
      projects: new Map([
        ...[...head.index.projects].filter(([name]) => unknown.has(name)),
        ...folded.map(([name, state]) => [name, listProject(hasher, state)] as const),
      ]),
      registries:
        head.unreadable === null ? head.index.registries : await registriesThere(run, commit),
    } satisfies RemoteIndex,
    rebuilt: { states: new Map(folded), rounds, unknown, before: head.index },
  };
}

/** Every round that can be read, in the agreed order. */
async function readRounds(
  run: Run,
  commit: CommitOid,
  log: readonly LoggedRound[],
): Promise<readonly ReadRound[]> {
  const rounds: ReadRound[] = [];
  await inLanes(READ_LANES, log, async ({ path }) => {
    const text = await run.hub.readText(commit, path, run.signal);
    if (text === null) throw invalidRemote(run, path, "it is listed and can't be read");
    const round = readRoundOrNull(run, commit, path, text);
    if (round !== null) rounds.push(round);
    run.meter.addFiles(1);
  });
  return rounds.toSorted((a, b) => a.seq - b.seq || (a.uid < b.uid ? -1 : 1));
}

function readRoundOrNull(
  run: Run,
  commit: CommitOid,
  path: string,
  text: string,
): ReadRound | null {
  const at = `“${path}” at commit ${commit.slice(0, 8)}`;
  try {
    const round = readRound(text, path, run.label);
    const [first, ...others] = round.refused.filter(({ isNewer }) => !isNewer);
    if (first !== undefined) {
      const more = others.length === 0 ? "" : `, and ${others.length} more`;
      remark(
        run,
        `Change ${first.place} in ${at} was left out: ${first.reason}${more}. The rest of the log counts.`,
      );
    }
    return round;
  } catch (error) {
    if (!isUnusable(error) || error.data.isNewer === true) throw error;
    remark(run, `${at} was left out: ${error.data.reason}. The rest of the log counts.`);
    return null;
  }
}

function devicesOf(rounds: readonly RoundFile[]): ReadonlyMap<DeviceId, RemoteDevice> {
  const devices = new Map<DeviceId, RemoteDevice>();
  for (const { device, deviceName, round, uid, at } of rounds) {
    if ((devices.get(device)?.rounds ?? 0) > round) continue;
    devices.set(device, { name: deviceName, rounds: round, last: uid, lastAt: at });
  }
  return devices;
}

/** What an index says of a project. */
function listProject(hasher: Hasher, state: SharedProject): RemoteProject {
  const texts = [...snapshotFiles(state)];
  return {
    createdAt: state.createdAt,
    deletedAt: state.deletedAt,
    files: new Map(texts.map(([file, text]) => [file, hasher.hashText([text])])),
  };
}
