import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { makeFolder } from "../support/fixtures.ts";
import {
  chipsOf,
  commit,
  countStore,
  fill,
  openSheet,
  untilStaged,
  untilVersion,
} from "../support/pages.ts";
import { DIST } from "../support/server.ts";
import { untilOffline } from "../support/service-worker.ts";

const PATH = "examples/train/index.html";
const VERSIONS = Array.from({ length: 8 }, (_, i) => `v${i}`);

/** A row of the table of epochs. */
interface Row {
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy: number;
  readonly version: string;
  readonly isBest: boolean;
}

async function train(page: Page, end: string | RegExp): Promise<void> {
  await page.getByRole("button", { name: "Train" }).click();
  await page.getByRole("status").filter({ hasText: end }).waitFor();
}

function rowsOf(page: Page): Promise<Row[]> {
  return page.locator("#epochs tr").evaluateAll((rows) =>
    rows.map((row) => {
      const [epoch = "", loss = "", accuracy = ""] = Array.from(
        row.children,
        (cell) => cell.textContent,
      );
      return {
        epoch: Number(epoch),
        loss: Number(loss),
        accuracy: Number.parseFloat(accuracy),
        version: row.querySelector("a")?.textContent ?? "",
        isBest: row.querySelector(".chip")?.textContent === "best",
      };
    }),
  );
}

/** The version with the highest accuracy; the first of several. */
function bestOf(rows: readonly Row[]): string {
  const highest = Math.max(...rows.map(({ accuracy }) => accuracy));
  return rows.find(({ accuracy }) => accuracy === highest)?.version ?? "";
}

/** The lineage shown, a line each, indented by its depth; times differ. */
function lineageOf(page: Page): Promise<string[]> {
  return page.locator(".lineage p").evaluateAll((lines) =>
    lines.map((line) => {
      let depth = 0;
      for (let at = line.closest("ul"); at !== null; at = at.parentElement?.closest("ul") ?? null)
        depth++;
      const text = line.textContent.replace(/, started .*/, "");
      return `${"  ".repeat(depth - 1)}${text}`;
    }),
  );
}

describe("the example page", () => {
  let app: App;
  let page: Page;
  let rows: readonly Row[];
  beforeAll(async () => {
    if (!existsSync(join(DIST, PATH))) throw new Error("no example in dist/: run `npm run build`");
    app = await openApp({ path: PATH });
    page = app.page;
  });
  afterAll(async () => {
    app.expectNoConsoleErrors();
    await app.close();
  });

  test("before anything is trained, has nothing that axe objects to", async () => {
    expect(await faultsOf(page)).toEqual([]);
  });

  test("logs a version each epoch, and moves best to the most accurate one [A3 V1]", async () => {
    await train(page, "Done: 8 new versions of moons-net.");
    rows = await rowsOf(page);
    expect(rows.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(rows.map(({ version }) => version)).toEqual(VERSIONS.map((v) => `moons-net:${v}`));
    expect(rows.filter(({ isBest }) => isBest).map(({ version }) => version)).toEqual([
      bestOf(rows),
    ]);
    // It does learn.
    expect(rows.at(-1)?.accuracy).toBeGreaterThan(95);
    expect(rows.at(-1)?.loss).toBeLessThan((rows[0]?.loss ?? 0) / 2);
  });

  test("uses the best one in a second run and shows what the report came from [R2 R5]", async () => {
    expect(await lineageOf(page)).toEqual([
      "moons-report:v0 evaluation latest",
      "  made by run evaluate finished",
      `    which used ${bestOf(rows)} model best`,
      "      made by run train finished",
      "        which used moons:v0 dataset latest",
    ]);
    expect(await faultsOf(page)).toEqual([]);
    app.expectNoConsoleErrors();
  });

  test("its artifacts are in the app beside it, aliases and metadata with them", async () => {
    const best = rows.find(({ version }) => version === bestOf(rows));
    const tab = await app.openTab();
    await untilOffline(tab);
    await tab.goto(`${app.url}#/p/two-moons`);
    const list = tab.getByRole("list", { name: "Artifacts" }).getByRole("listitem");
    await expect.poll(() => list.count()).toBe(3);

    await page.getByRole("row").filter({ hasText: "best" }).getByRole("link").click();
    await untilVersion(page, bestOf(rows));
    await expect.poll(() => chipsOf(page)).toEqual(["model", "best"]);
    await page.getByRole("tab", { name: "Metadata" }).click();
    const json = await page.getByLabel("Metadata as JSON").textContent();
    const metadata = JSON.parse(json ?? "") as Readonly<Record<string, number>>;
    expect(metadata["epoch"]).toBe(best?.epoch);
    expect(metadata["accuracy"]).toBeCloseTo((best?.accuracy ?? 0) / 100);
    expect(metadata["loss"]).toBeCloseTo(best?.loss ?? 0, 3);

    await page.goto(`${app.url}#/p/two-moons/moons-net`);
    await untilVersion(page, "moons-net:v7");
    await expect.poll(() => chipsOf(page)).toEqual(["model", "latest"]);
    await tab.close();
  });

  test("trained again, makes nothing but the new runs and their lines [V2 R2]", async () => {
    // The app's service worker is here by now, and lets the example through.
    await page.goto(app.url + PATH);
    const kept = await page.evaluate(async () => {
      const [name = ""] = await caches.keys();
      return (await (await caches.open(name)).keys()).map(({ url }) => url);
    });
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.filter((url) => url.includes("/examples/"))).toEqual([]);

    const { runs = 0, edges = 0, events: _, ...before } = await countStore(page);
    await train(page, "only the two runs are new");
    await expect.poll(() => rowsOf(page)).toEqual(rows);
    const { events: _events, ...after } = await countStore(page);
    // The first uses the data and has 8 checkpoints, the second uses one and has a report.
    expect(after).toEqual({ ...before, runs: runs + 2, edges: edges + 9 + 2 });
    expect(await lineageOf(page)).toEqual([
      "moons-report:v0 evaluation latest",
      "  made by run evaluate finished",
      `    which used ${bestOf(rows)} model best`,
      "      made by run train finished",
      "        which used moons:v0 dataset latest",
      "      made by run train finished",
      "        which used moons:v0 (see above)",
      "  made by run evaluate finished",
      `    which used ${bestOf(rows)} (see above)`,
    ]);
    expect(await faultsOf(page)).toEqual([]);
  });
});

test("what goes wrong is said, the run has failed, and the button works again [N4]", async () => {
  const app = await openApp();
  const folder = await makeFolder("moons-net", { "notes.txt": "not a model" });
  try {
    await openSheet(app.page, [folder.path]);
    await fill(app.page, "Project", "two-moons");
    await untilStaged(app.page);
    await commit(app.page, "moons-net:v0");

    await app.page.goto(app.url + PATH);
    await train(app.page, "The training did not finish.");
    const alert = app.page.getByRole("alert");
    await expect.poll(() => alert.textContent()).toMatch(/moons-net.*unspecified/);
    expect(await faultsOf(app.page)).toEqual([]);
    await train(app.page, "The training did not finish.");

    await app.page.goto(`${app.url}#/p/two-moons?tab=runs`);
    await expect.poll(() => app.page.getByRole("cell", { name: "failed" }).count()).toBe(2);
    app.expectNoConsoleErrors();
  } finally {
    await app.close();
    await folder.remove();
  }
});
