// The rules of what a spec means, now and at a time, against any IndexedDB.
import { describe, expect, test } from "vitest";
import { isCairnError } from "../../src/core/errors.ts";
import { aliasHistory } from "../../src/service/browse/alias-history.ts";
import { resolve } from "../../src/service/browse/resolve.ts";
import { versionDetail } from "../../src/service/browse/version-detail.ts";
import { digestOf, minute, openRows } from "../support/rows.ts";
import { codeOf } from "../support/errors.ts";

export function resolveContract(): void {
  describe("resolve", () => {
    test("[N7] a spec means latest, a version or an alias, in its own project or the caller's", async () => {
      const rows = await openRows();
      await rows.versions("p/net", 3);
      await rows.alias("p/net", "prod", 1);
      await rows.version("q/net", 7);
      const number = async (spec: string, project: string | null) =>
        (await resolve(rows.read, spec, project)).version.number;
      expect(await number("net", "p")).toBe(2);
      expect(await number("net:latest", "p")).toBe(2);
      expect(await number("net:v0", "p")).toBe(0);
      expect(await number("net:prod", "p")).toBe(1);
      expect(await number("p/net:prod", "q")).toBe(1);
      expect(await number("q/net", null)).toBe(7);
      const detail = await resolve(rows.read, "net:prod", "p");
      expect(detail).toEqual(await versionDetail(rows.read, "p", "net", "prod"));
    });

    test("[N7] what is not there is not found, and a spec without a project is none", async () => {
      const rows = await openRows();
      await rows.versions("p/net", 1);
      const code = (spec: string, project: string | null = "p") =>
        codeOf(resolve(rows.read, spec, project));
      expect(await code("other")).toBe("not_found");
      expect(await code("net:v1")).toBe("not_found");
      expect(await code("net:prod")).toBe("not_found");
      expect(await code("q/net")).toBe("not_found");
      expect(await code("registry-r/net")).toBe("not_found");
      expect(await code(digestOf("ff"))).toBe("not_found");
      expect(await code("net", null)).toBe("invalid_spec");
      expect(await code("net:a:b")).toBe("invalid_spec");
    });

    test("[N7] a digest means the newest version with that manifest, wherever it is", async () => {
      const rows = await openRows();
      const digest = digestOf("abcd");
      await rows.version("p/a", 0, { digest, createdAt: minute(1) });
      await rows.version("q/b", 5, { digest, createdAt: minute(3) });
      await rows.version("p/c", 0, { digest, createdAt: minute(2) });
      const { artifact, version } = await resolve(rows.read, digest, null);
      expect([artifact.project, artifact.name, version.number]).toEqual(["q", "b", 5]);
    });

    test("[D1] a version in the trash is said to be there, a tombstone is not found", async () => {
      const rows = await openRows();
      const path = "p/net";
      const [trashed, purged] = [await rows.version(path, 0), await rows.version(path, 1)];
      await rows.version(path, 2);
      await rows.remove(trashed, "in_trash");
      await rows.remove(purged, "deleted");
      expect(await codeOf(resolve(rows.read, "net:v0", "p"))).toBe("in_trash");
      expect(await codeOf(resolve(rows.read, "net:v1", "p"))).toBe("not_found");
      expect(await codeOf(versionDetail(rows.read, "p", "net", "v0"))).toBe("in_trash");
    });

    test("[U1] resolving records nothing", async () => {
      const rows = await openRows();
      await rows.versions("p/net", 1);
      await resolve(rows.read, "net", "p");
      expect(await rows.db.count("edges")).toBe(0);
      expect(await rows.db.count("events")).toBe(0);
    });

    test("[E4] as of a time is what the selector named then", async () => {
      const rows = await openRows();
      const at = (minutes: number) => ({ createdAt: minute(minutes) });
      await rows.version("p/net", 0, at(1));
      await rows.version("p/net", 1, at(3));
      // Another artifact whose name begins the same, and one alias that looks like it.
      await rows.event({ at: minute(0), kind: "version-logged", subject: "p/net2:v9", after: {} });
      await rows.event({ at: minute(1), kind: "version-logged", subject: "p/net:v0", after: {} });
      await rows.event({ at: minute(2), kind: "alias-moved", subject: "p/net:prod", after: "v0" });
      await rows.event({ at: minute(3), kind: "version-logged", subject: "p/net:v1", after: {} });
      await rows.event({
        at: minute(4),
        kind: "alias-removed",
        subject: "p/net:prod",
        after: null,
      });
      const asOf = async (selector: string, minutes: number) => {
        const spec = `net${selector}@${minute(minutes)}`;
        return resolve(rows.read, spec, "p").then(
          ({ version }) => version.number,
          (error: unknown) => isCairnError(error) && error.code,
        );
      };
      expect(await asOf("", 0)).toBe("not_found");
      expect(await asOf("", 1)).toBe(0);
      expect(await asOf("", 3)).toBe(1);
      expect(await asOf(":prod", 3)).toBe(0);
      expect(await asOf(":prod", 4)).toBe("not_found");
      expect(await asOf(":v1", 2)).toBe("not_found");
      expect(await asOf(":v1", 3)).toBe(1);
      const day = minute(0).slice(0, "2026-01-01".length);
      expect((await resolve(rows.read, `net@${day}`, "p")).version.number).toBe(1);
    });

    test("[E4] what a selector named then may be in the trash now", async () => {
      const rows = await openRows();
      const old = await rows.version("p/net", 0, { createdAt: minute(1) });
      await rows.event({ at: minute(1), kind: "version-logged", subject: "p/net:v0", after: {} });
      await rows.remove(old, "in_trash");
      expect(await codeOf(resolve(rows.read, `net@${minute(2)}`, "p"))).toBe("in_trash");
    });

    test("[A4] the history of an artifact's aliases is its own, oldest first", async () => {
      const rows = await openRows();
      await rows.version("p/net", 0);
      await rows.event({ at: minute(1), kind: "version-logged", subject: "p/net:v0", after: {} });
      await rows.event({ at: minute(2), kind: "version-logged", subject: "p/net-b:v3", after: {} });
      await rows.event({ at: minute(3), kind: "alias-moved", subject: "p/net:prod", after: "v0" });
      const after = { trash: "t", numbers: [0], aliases: { prod: 0 }, latest: null };
      await rows.event({ at: minute(4), kind: "versions-deleted", subject: "p/net", after });
      const history = await aliasHistory(rows.db, "p", "net");
      expect(history.map(({ alias, from, to, seq }) => [alias, from, to, seq])).toEqual([
        ["latest", null, 0, 1],
        ["prod", null, 0, 3],
        ["prod", 0, null, 4],
        ["latest", 0, null, 4],
      ]);
      expect(history[1]).toMatchObject({ at: minute(3), actor: "device:test" });
      expect(await codeOf(aliasHistory(rows.db, "p", "none"))).toBe("not_found");
    });
  });
}
