// The changes of a round's file, read one by one: one that can't be is left out, and the others count [S7].
import type { ProjectName } from "../names.ts";
import { plainObject, tryRead } from "../registry/reader.ts";
import * as f from "./fields.ts";
import { isNewerOp, readOp } from "./op-reader.ts";
import type { SharedOp } from "./ops.ts";
import { projectName } from "./shared-reader.ts";

/** A change that was left out. */
export interface RefusedOp {
  /** `null` where even that can't be read. */
  readonly project: ProjectName | null;
  /** Its place in the round, from 1. */
  readonly place: number;
  readonly reason: string;
  /** A newer Cairn may know it. */
  readonly isNewer: boolean;
}

export interface ReadOps {
  readonly projects: ReadonlyMap<ProjectName, readonly SharedOp[]>;
  readonly refused: readonly RefusedOp[];
}

/** Reads a round's changes, as the file has them. Which are left out depends on nothing but the file. */
export function readOps(rows: readonly unknown[]): ReadOps {
  const projects = new Map<ProjectName, SharedOp[]>();
  const refused: RefusedOp[] = [];
  for (const [at, row] of rows.entries()) {
    const found = tryRead(opRow, row);
    if ("reason" in found) {
      refused.push(refusal(row, at + 1, found.reason));
      continue;
    }
    const changes = projects.get(found.project);
    if (changes === undefined) projects.set(found.project, [found.op]);
    else changes.push(found.op);
  }
  return { projects, refused };
}

const fieldsOfRow = f.fields<{ project: ProjectName; op: SharedOp }>({
  project: projectName,
  op: readOp,
});

const opRow: typeof fieldsOfRow = (value, at) => {
  const row = fieldsOfRow(value, at);
  const { project, op } = row;
  return op.kind === "run" && op.run.project !== project
    ? f.unreadable(at, "tells of a run of another project")
    : row;
};

function refusal(row: unknown, place: number, reason: string): RefusedOp {
  const read = tryRead((value, at) => {
    const { project, op } = plainObject(value, at);
    return { project: projectName(project, at), isNewer: isNewerOp(op) };
  }, row);
  return "reason" in read
    ? { project: null, place, reason, isNewer: false }
    : { ...read, place, reason };
}
