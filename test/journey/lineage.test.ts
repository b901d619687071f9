import { afterAll, beforeAll, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import { openApp, type App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { closeMessages, saved, untilLoaded, untilToast } from "../support/pages.ts";
import { seedLineage } from "../support/seed-lineage.ts";

/** Runs that each made a version of cnn; the third is the one that went on. */
const SWEEP = 9;
const CHOSEN = 3;

let app: App;
let page: Page;

beforeAll(async () => {
  app = await openApp();
  page = app.page;
  await untilLoaded(page);
  const runs = Array.from({ length: SWEEP }, (_, i) => i);
  await seedLineage(page, {
    versions: [
      { artifact: "shared/raw", type: "dataset" },
      { artifact: "digits/clean", type: "dataset", run: "prepare" },
      { artifact: "digits/base" },
      ...runs.map((i) => ({
        artifact: "digits/cnn",
        run: `sweep-${i}`,
        aliases: i === CHOSEN ? ["prod"] : i === 6 ? ["candidate"] : [],
      })),
      { artifact: "digits/report", type: "report", run: "judge" },
      { artifact: "digits/alone" },
      { artifact: "digits/origin" },
    ],
    uses: [
      ...runs.map((i) => ["digits/clean:v0", `sweep-${i}`] as const),
      [`digits/cnn:v${CHOSEN}`, "judge"],
    ],
    derived: [
      ["digits/clean:v0", "shared/raw:v0"],
      [`digits/cnn:v${CHOSEN}`, "digits/base:v0"],
    ],
  });
});
afterAll(async () => {
  app.expectNoConsoleErrors();
  await app.close();
});

const view = (): Locator => page.getByRole("application", { name: "Lineage graph" });
const node = (name: string | RegExp): Locator => view().getByRole("img", { name });
const card = (): Locator => page.getByRole("region", { name: /^About / });
const button = (name: string | RegExp): Locator => page.getByRole("button", { name, exact: true });
/** What a screen reader says of the node that the keyboard is on. */
const active = (): Promise<string | null> =>
  view().evaluate((element) => {
    const id = element.getAttribute("aria-activedescendant") ?? "";
    return document.getElementById(id)?.getAttribute("aria-label") ?? null;
  });
const press = (key: string): Promise<void> => view().press(key);
const untilActive = (name: RegExp): Promise<void> => expect.poll(active).toMatch(name);
const openLineage = async (version: string): Promise<void> => {
  await page.goto(`${app.url}#/p/${version}?tab=lineage`);
  await page.reload();
  await view().waitFor();
};

test("a version without lineage says how it comes about, and takes a source", async () => {
  await page.goto(`${app.url}#/p/digits/alone/v0?tab=lineage`);
  await page.getByRole("heading", { name: "Nothing is known of where it came from" }).waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await button("Say where it came from").click();
  await page.getByLabel("Source version").fill("origin");
  await button("Add").click();
  await untilToast(page, "Derived from digits/origin:v0.");
  await closeMessages(page);
  await button("Graph").click();
  await node(/^Version origin:v0/).waitFor();
  await expect.poll(() => view().locator(".lg-edge.is-derived").count()).toBe(1);
});

test("the graph leads from sources to results, alike ones as one", async () => {
  await openLineage(`digits/cnn/v${CHOSEN}`);
  await untilActive(/^Version cnn:v3, model, in digits, prod, 2 sources, 1 result$/);
  await node(/^Group: 8 runs, sweep/).waitFor();
  await node(/^Group: 8 versions, cnn · candidate/).waitFor();
  const names = [
    /^Version raw:v0/,
    /^Version clean/,
    /^Run sweep-3/,
    /^Version cnn:v3/,
    /^Run judge/,
    /^Version report/,
  ];
  const lefts: number[] = [];
  for (const name of names) lefts.push((await node(name).boundingBox())?.x ?? NaN);
  expect(lefts).toEqual(lefts.toSorted((a, b) => a - b));
  expect(
    await node(/^Version raw:v0/)
      .locator(".lg-project")
      .count(),
  ).toBe(1);
  expect(
    await node(/^Version clean/)
      .locator(".lg-project")
      .count(),
  ).toBe(0);
  await page.getByText("24 nodes").waitFor();
});

test("arrows walk along the lines, Enter tells more, Escape goes back", async () => {
  await view().focus();
  await press("ArrowLeft");
  await untilActive(/^(Run sweep-3|Version base)/);
  await press("Home");
  await untilActive(/^Version cnn:v3/);
  await press("ArrowRight");
  await untilActive(/^Run judge/);
  await press("Enter");
  await card().getByText("finished").waitFor();
  expect(await card().getByRole("link", { name: "Open in runs" }).getAttribute("href")).toBe(
    "#/p/digits?tab=runs&q=judge",
  );
  await press("ArrowRight");
  await untilActive(/^Version report:v0/);
  await card().getByRole("link", { name: "Compare with cnn:v3" }).waitFor();
  await press("Escape");
  await card().waitFor({ state: "detached" });
  await press("Tab");
  await expect
    .poll(() => view().evaluate((element) => element === document.activeElement))
    .toBe(false);
});

test("a group is searched, its members drawn one by one or all, and folded again", async () => {
  await node(/^Group: 8 versions/).click();
  await page.getByRole("searchbox", { name: "Search 8 versions" }).fill("candidate");
  const members = page.getByRole("list", { name: "Members" }).getByRole("listitem");
  await expect.poll(() => members.count()).toBe(1);
  await members.getByRole("button", { name: "cnn:v6" }).click();
  await untilActive(/^Version cnn:v6, model, in digits, candidate/);
  await node(/^Group: 7 versions/).waitFor();
  await button("Put back into its group").click();
  await untilActive(/^Group: 8 versions/);
  await view().focus();
  await press(" ");
  await node(/^Version cnn:v8/).waitFor();
  await untilActive(/^Version cnn:v0/);
  await button("Fold 8 alike").click();
  await untilActive(/^Group: 8 versions/);
  await press("Escape");
});

test("search marks what is found, also in groups, and Enter goes there", async () => {
  const find = page.getByRole("searchbox", { name: "Find in the graph" });
  await find.fill("sweep-7");
  await page.getByText("1 found").waitFor();
  await expect.poll(() => view().locator(".is-found").count()).toBe(1);
  await find.press("Enter");
  await untilActive(/^Run sweep-7/);
  await page.getByText("1 of 1").waitFor();
  await find.fill("no such thing");
  await page.getByText("none", { exact: true }).waitFor();
  await find.fill("");
});

test("hops and direction narrow it; a node shows what lies beyond it, in its place", async () => {
  await openLineage(`digits/cnn/v${CHOSEN}`);
  await button("Results").click();
  await node(/^Version raw/).waitFor({ state: "detached" });
  await button("Sources").click();
  await node(/^Version report/).waitFor({ state: "detached" });
  await button("Both").click();
  await page.getByText("4 hops").waitFor();
  for (let i = 0; i < 3; i++) await button("Fewer hops").click();
  const sweep = node(/^Run sweep-3, .* more not shown$/);
  await sweep.waitFor();
  await page.getByText(/more lies beyond/).waitFor();
  await sweep.click();
  const box = node(/^Run sweep-3/).locator(".lg-box");
  const corner = async (): Promise<readonly number[]> => {
    const { x, y } = (await box.boundingBox()) ?? { x: NaN, y: NaN };
    return [Math.round(x), Math.round(y)];
  };
  const before = await corner();
  await button("Show its neighbours").click();
  await node(/^Version clean:v0, .* more not shown$/).waitFor();
  expect(await corner()).toEqual(before);
});

test("the graph is drawn around another node, and back", async () => {
  await view().focus();
  await press("Home");
  await press("ArrowRight");
  await untilActive(/^Run judge/);
  await press("Shift+Enter");
  await page.getByText("Drawn around judge").waitFor();
  await expect
    .poll(() => view().locator(".lg-node.is-focus .lg-title").textContent())
    .toBe("judge");
  await node(/^Version report/).waitFor();
  await button("Back to this version").click();
  await page.getByText("Drawn around").waitFor({ state: "detached" });
  await untilActive(/^Version cnn:v3/);
});

test("the address opens the same graph again, and Back leads to the one before", async () => {
  await openLineage(`digits/cnn/v${CHOSEN}`);
  const hash = (): string => decodeURIComponent(new URL(page.url()).hash);
  await button("Sources").click();
  await button("Fewer hops").click();
  await page.getByRole("searchbox", { name: "Find in the graph" }).fill("sweep");
  await node(/^Run sweep-3/).click();
  await card().waitFor();
  await expect.poll(hash).toMatch(/\?tab=lineage&direction=up&hops=3&node=run:\w+&find=sweep$/);
  await button("Draw around this").click();
  await page.getByText("Drawn around sweep-3").waitFor();
  await expect.poll(hash).toMatch(/&around=(run:\w+)&node=\1&/);
  const address = page.url();
  await page.goto("about:blank");
  await page.goto(address);
  await page.getByText("Drawn around sweep-3").waitFor();
  await untilActive(/^Run sweep-3/);
  await card().getByText("finished").waitFor();
  await page.getByText("3 hops").waitFor();
  await expect.poll(() => button("Sources").getAttribute("aria-pressed")).toBe("true");
  await page.getByText(/^\d+ (found|of \d+)$|^1 of 1$/).waitFor();
  await expect.poll(() => page.url()).toBe(address);
  await button("Back to this version").click();
  await page.getByText("Drawn around").waitFor({ state: "detached" });
  // The browser notes a step of its history a little after the page made it.
  await expect.poll(hash).not.toContain("around=");
  await page.goBack();
  await page.getByText("Drawn around sweep-3").waitFor();
  await untilActive(/^Run sweep-3/);
  await button("List").click();
  await page.getByRole("region", { name: "Derived from" }).waitFor();
  await page.reload();
  await page.getByRole("region", { name: "Derived from" }).waitFor();
  await button("Graph").click();
  await page.getByText("Drawn around sweep-3").waitFor();
});

test("an address with a node that is not there leads back to the version", async () => {
  await page.goto(`${app.url}#/p/digits/cnn/v${CHOSEN}?tab=lineage&around=run:NOWHERE`);
  await page.getByRole("heading", { name: /around that node can't be shown/ }).waitFor();
  await button("Back to this version").click();
  await untilActive(/^Version cnn:v3/);
  await expect.poll(() => page.url()).not.toContain("around");
});

test("it is moved and scaled by mouse, wheel and keys, and fitted", async () => {
  await openLineage(`digits/cnn/v${CHOSEN}`);
  const place = (): Promise<{ x: number; width: number }> =>
    node(/^Version cnn:v3/)
      .locator(".lg-box")
      .boundingBox()
      .then((box) => ({ x: Math.round(box?.x ?? 0), width: Math.round(box?.width ?? 0) }));
  /** Where it is once it moves no more: a graph that just came is still being fitted. */
  const settled = async (): ReturnType<typeof place> => {
    let last = await place();
    await expect
      .poll(async () => {
        const before = last;
        last = await place();
        return last.width > 0 && last.x === before.x && last.width === before.width;
      })
      .toBe(true);
    return last;
  };
  const start = await settled();
  const box = await view().boundingBox();
  if (box === null) throw new Error("no graph");
  await page.mouse.move(box.x + 60, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + 100, box.y + 40, { steps: 3 });
  await page.mouse.up();
  await expect.poll(place).toEqual({ ...start, x: start.x + 40 });
  expect(await card().count()).toBe(0);
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -60);
  await page.keyboard.up("Control");
  await expect.poll(async () => (await place()).width > start.width).toBe(true);
  const enlarged = await settled();
  await view().focus();
  await press("0");
  await expect.poll(async () => (await place()).width).not.toBe(enlarged.width);
  const fitted = await settled();
  await press("+");
  await expect.poll(async () => (await place()).width > fitted.width).toBe(true);
  await press("-");
  await expect.poll(async () => (await place()).width).toBe(fitted.width);
  await press("Shift+ArrowLeft");
  await expect.poll(async () => (await place()).x).toBeGreaterThan(fitted.x);
  await button("Fit (0)").click();
  await expect.poll(place).toEqual(fitted);
});

test("the graph is saved as SVG and as JSON", async () => {
  await page.emulateMedia({ colorScheme: "dark" });
  const save = async (item: string) => {
    await button("Save the graph").click();
    return saved(page, () => page.getByRole("menuitem", { name: item }).click());
  };
  const svg = await save("Save as SVG");
  expect(svg.name).toBe("cnn-v3-lineage.svg");
  const text = new TextDecoder().decode(svg.bytes);
  // Self-contained, and light whatever the page is.
  expect(text).not.toContain("var(");
  expect(text).toContain(".lg-page { fill: #faf8f5; }");
  // A page without the app's policy.
  const blank = await app.context.newPage();
  const found = await blank.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
    return {
      error: parsed.querySelector("parsererror")?.textContent ?? null,
      nodes: parsed.querySelectorAll(".lg-node").length,
      edges: parsed.querySelectorAll(".lg-edge").length,
    };
  }, text);
  await blank.close();
  expect(found).toEqual({
    error: null,
    nodes: await view().locator(".lg-node").count(),
    edges: await view().locator(".lg-edge").count(),
  });
  const json = await save("Save as JSON");
  expect(json.name).toBe("cnn-v3-lineage.json");
  const graph = JSON.parse(new TextDecoder().decode(json.bytes)) as {
    nodes: { name: string; depth: number }[];
    edges: unknown[];
  };
  expect(graph.nodes).toHaveLength(24);
  expect(graph.edges).toHaveLength(23);
  expect(graph.nodes[0]).toMatchObject({ name: "cnn", depth: 0 });
  await page.emulateMedia({ colorScheme: "light" });
});

test("the list is the graph's twin, and both are free of faults", async () => {
  await view().focus();
  await press("Enter");
  await card().waitFor();
  expect(await faultsOf(page)).toEqual([]);
  await node(/^Group: 8 runs/).click();
  expect(await faultsOf(page)).toEqual([]);
  await button("List").click();
  const sources = page.getByRole("region", { name: "Derived from" });
  await sources.getByRole("link", { name: "digits/base:v0" }).waitFor();
  await page
    .getByRole("region", { name: "Used by" })
    .getByRole("link", { name: "judge" })
    .waitFor();
});

test("what is committed elsewhere appears, and what was deleted is dashed", async () => {
  await openLineage(`digits/cnn/v${CHOSEN}`);
  await seedLineage(page, {
    versions: [{ artifact: "other/service" }],
    derived: [["other/service:v0", `digits/cnn:v${CHOSEN}`]],
  });
  await node(/^Version service:v0, model, in other/).waitFor();
  const other = await app.openTab("#/p/digits/report");
  await other.getByRole("button", { name: "More", exact: true }).click();
  await other.getByRole("menuitem", { name: "Delete version…" }).click();
  await other.getByRole("button", { name: "Delete", exact: true }).click();
  await untilToast(other, /trash/);
  await other.close();
  await node(/^Version report:v0, .*in the trash/).waitFor();
  await expect.poll(() => view().locator(".lg-node.is-gone").count()).toBe(1);
});
