// Index rows written straight into a database, without bytes or events: for the rules of reading.
import type { Digest } from "../../src/core/digest.ts";
import type { Alias, ArtifactName, ArtifactType, ProjectName } from "../../src/core/names.ts";
import type {
  ArtifactRecord,
  ArtifactUid,
  EdgeRecord,
  EventRecord,
  RunRecord,
  RunUid,
  TrashUid,
  VersionRecord,
  VersionUid,
} from "../../src/core/records.ts";
import type { Tag } from "../../src/core/tags.ts";
import type { VersionNumber } from "../../src/core/version.ts";
import type { ReadCtx } from "../../src/service/browse/read-ctx.ts";
import { NO_REGISTRIES } from "../../src/service/browse/registry-reader.ts";
import { openDatabase } from "../../src/store/open.ts";
import type { Database } from "../../src/store/schema.ts";

export interface Rows {
  readonly db: Database;
  /** What functions that read take: without registries. */
  readonly read: ReadCtx;
  artifact(path: string, fields?: Partial<ArtifactRecord>): Promise<ArtifactRecord>;
  /** A version of an artifact, which is made when new; the highest gets `latest`. */
  version(
    path: string,
    number: number,
    fields?: Partial<Omit<VersionRecord, "tags">> & { readonly tags?: readonly string[] },
  ): Promise<VersionRecord>;
  /** Versions 0 to `count` - 1, without the numbers in `gaps`. */
  versions(path: string, count: number, gaps?: readonly number[]): Promise<void>;
  alias(path: string, alias: string, number: number): Promise<void>;
  run(path: string, fields?: Partial<RunRecord>): Promise<RunRecord>;
  edge(
    run: RunRecord,
    version: VersionRecord,
    direction: EdgeRecord["direction"],
    createdAt?: string,
  ): Promise<void>;
  derive(child: VersionRecord, parent: VersionRecord): Promise<void>;
  /** Takes a version away, into the trash or for good; `latest` stays for the caller to mend. */
  remove(version: VersionRecord, to: "in_trash" | "deleted"): Promise<void>;
  event(fields: Pick<EventRecord, "at" | "kind" | "subject" | "after">): Promise<void>;
}

/** A digest that begins with the given hex characters. */
export function digestOf(start: string): Digest {
  return `blake3:${start.padEnd(64, "0")}` as Digest;
}

/** A time, `minutes` after the first. */
export function minute(minutes: number): string {
  return new Date(Date.UTC(2026, 0, 1) + minutes * 60_000).toISOString();
}

/** Opens an empty database for rows. Ids rise in the order in which things are made, as ULIDs do. */
export async function openRows(): Promise<Rows> {
  const db = await openDatabase({
    name: `rows-${crypto.randomUUID()}`,
    onClosed: () => undefined,
  });
  let made = 0;
  const uid = (kind: string): string => `${kind}${String(++made).padStart(6, "0")}`;

  async function artifact(path: string, fields: Partial<ArtifactRecord> = {}) {
    const [project = "", name = ""] = path.split("/");
    const known = await db.getFromIndex("artifacts", "byName", [project, name]);
    if ((await db.get("projects", project)) === undefined)
      await db.put("projects", {
        name: project as ProjectName,
        createdAt: minute(0),
        updatedAt: minute(0),
        artifactCount: 0,
        versionCount: 0,
        sizeBytes: 0,
        deletedAt: null,
      });
    const row: ArtifactRecord = {
      uid: uid("a") as ArtifactUid,
      project: project as ProjectName,
      name: name as ArtifactName,
      type: "model" as ArtifactType,
      createdAt: minute(made),
      updatedAt: minute(made),
      lastNumber: null,
      versionCount: 0,
      sizeBytes: 0,
      tags: [],
      keep: null,
      ...known,
      ...fields,
    };
    await db.put("artifacts", row);
    return row;
  }

  function pointAt({ uid: of }: ArtifactRecord, name: string, number: number) {
    return db.put("aliases", {
      artifact: of,
      alias: name as Alias,
      number: number as VersionNumber,
      movedAt: minute(made),
    });
  }

  const addVersion: Rows["version"] = async (path, number, { tags = [], ...fields } = {}) => {
    const of = await artifact(path);
    const row: VersionRecord = {
      uid: uid("v") as VersionUid,
      artifact: of.uid,
      number: number as VersionNumber,
      digest: digestOf(made.toString(16)),
      sizeBytes: 10,
      fileCount: 1,
      newBytes: 10,
      description: "",
      metadata: {},
      pinned: false,
      createdAt: minute(made),
      ...fields,
      tags: tags as readonly Tag[],
    };
    await db.put("versions", row);
    const last = Math.max(of.lastNumber ?? 0, number) as VersionNumber;
    await db.put("artifacts", { ...of, versionCount: of.versionCount + 1, lastNumber: last });
    await pointAt(of, "latest", last);
    return row;
  };

  return {
    db,
    read: { db, registries: NO_REGISTRIES },
    artifact,
    async alias(path, name, number) {
      await pointAt(await artifact(path), name, number);
    },
    version: addVersion,
    async versions(path, count, gaps = []) {
      for (let i = 0; i < count; i++) if (!gaps.includes(i)) await addVersion(path, i);
    },
    async run(path, fields = {}) {
      const [project = "", name = ""] = path.split("/");
      const row: RunRecord = {
        uid: uid("r") as RunUid,
        project: project as ProjectName,
        name,
        config: {},
        state: "finished",
        startedAt: minute(made),
        endedAt: minute(made),
        deletedAt: null,
        ...fields,
      };
      await db.put("runs", row);
      return row;
    },
    async edge(run, version, direction, createdAt = minute(made)) {
      await db.put("edges", { run: run.uid, version: version.uid, direction, createdAt });
    },
    async derive(child, parent) {
      await db.put("derivations", {
        child: child.uid,
        parent: parent.uid,
        createdAt: minute(made),
      });
    },
    async remove(version, to) {
      await db.delete("versions", [version.artifact, version.number]);
      await db.put("deletedVersions", {
        ...version,
        deletedAt: minute(made),
        aliases: [],
        ...(to === "in_trash" && { trash: "t1" as TrashUid }),
      });
      const row = await db.get("artifacts", version.artifact);
      if (row !== undefined)
        await db.put("artifacts", { ...row, versionCount: row.versionCount - 1 });
    },
    async event(fields) {
      const seq = (await db.count("events")) + 1;
      await db.add("events", {
        seq,
        uid: `e${seq}` as EventRecord["uid"],
        actor: "device:test",
        before: null,
        previous: null,
        ...fields,
      });
    },
  };
}
