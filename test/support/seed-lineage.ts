// Fills the app's database with versions, runs and lines, through its own store worker.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import type { StoreApi } from "../../src/protocol/store-api.ts";
import type { VersionRef } from "../../src/core/records.ts";

/** `project/name` and what is said of the version. */
export interface PlannedVersion {
  readonly artifact: string;
  readonly type?: string;
  readonly aliases?: readonly string[];
  /** The run that made it. */
  readonly run?: string;
  /** What is in its file; unlike the others' of this plan where it isn't said. */
  readonly content?: string;
}

export interface LineagePlan {
  /** Logged in this order. */
  readonly versions: readonly PlannedVersion[];
  /** `project/name:v2` and the run of its project that used it. */
  readonly uses?: readonly (readonly [version: string, run: string])[];
  readonly derived?: readonly (readonly [child: string, parent: string])[];
}

declare global {
  interface Window {
    Comlink?: {
      wrap(worker: Worker): StoreApi;
      proxy<T extends object>(value: T): T;
    };
  }
}

/** Logs and draws what a plan says. The page must show the app. */
export async function seedLineage(page: Page, plan: LineagePlan): Promise<void> {
  const comlink = createRequire(import.meta.url).resolve("comlink/dist/umd/comlink.js");
  // Evaluated by the debugger, so that the page's CSP stays as it is.
  await page.evaluate(await readFile(comlink, "utf8"));
  await page.evaluate(async ({ versions, uses = [], derived = [] }: LineagePlan) => {
    const url = performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .find((name) => name.includes("/store.worker"));
    const { Comlink } = window;
    if (url === undefined || Comlink === undefined) throw new Error("no store worker");
    const worker = new Worker(url, { type: "module" });
    await new Promise((ready) => worker.addEventListener("message", ready, { once: true }));
    const store = Comlink.wrap(worker);
    const refOf = (spec: string): VersionRef => {
      const [, project, name, number] = /^(.+)\/(.+):v(\d+)$/.exec(spec) ?? [];
      return { project, name, number: Number(number) } as VersionRef;
    };
    let count = 0;
    for (const { artifact, type = "model", aliases = [], run = "", content } of versions) {
      const [project = "", name = ""] = artifact.split("/");
      let uid = "";
      const file = new File([content ?? `${artifact} ${count++}`], "data.txt");
      await new Promise<void>((resolve, reject) => {
        const opened = store.openIngest(
          Comlink.proxy((notice) => {
            if (notice.failed.length > 0) reject(new Error(JSON.stringify(notice)));
            else if (notice.staged.length > 0) resolve();
          }),
        );
        opened
          .then((ingest) => {
            uid = ingest;
            const request = { id: 0, file, path: file.name, sizeBytes: file.size, modifiedMs: 0 };
            return store.stageFiles(ingest, [request]);
          })
          .catch(reject);
      });
      const draft = { project, name, type, aliases, run, description: "", metadata: "" };
      const entries = { fileIds: new Uint32Array(1), paths: [file.name] };
      await store.commitDraft(uid as never, draft, entries);
    }
    for (const [version, run] of uses) await store.addRunEdge(refOf(version), run, "input");
    for (const [child, parent] of derived) await store.addDerivation(refOf(child), parent);
    worker.terminate();
  }, plan);
}
