import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Locator, Page } from "playwright-core";
import type { App } from "../support/app.ts";
import { faultsOf } from "../support/axe.ts";
import { multiplyVersions } from "../support/many-versions.ts";
import { openNet, type OpenNet } from "../support/open-net.ts";
import { chipsOf, closeMessages, untilToast, untilVersion } from "../support/pages.ts";

/** More than a list could hold at once. */
const VERSIONS = 1000;
const NEWEST = VERSIONS - 1;

let app: App;
let page: Page;
let opened: OpenNet;

beforeAll(async () => {
  opened = await openNet("prod");
  ({ app, page } = opened);
  await page.goto(`${app.url}#/p/digits/net`);
  await multiplyVersions(page, VERSIONS);
  await untilVersion(page, `net:v${NEWEST}`);
});
afterAll(() => opened.close());

const timeline = (): Locator => page.getByRole("list", { name: "Versions, newest first" });
const rowOf = (number: number): Locator => page.locator(`[data-version="v${number}"]`);
const goTo = async (hash: string, number: number): Promise<void> => {
  await page.goto(`${app.url}${hash}`);
  await untilVersion(page, `net:v${number}`);
};
const centreOf = async (target: Locator): Promise<{ x: number; y: number }> => {
  const box = await target.boundingBox();
  if (box === null) throw new Error("it is not on screen");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
/**
 * Takes hold of an alias and moves it, step by step as a hand does.
 *
 * @param says what the page says once it is there: rows may move meanwhile, and a hand follows them
 */
const carry = async (from: Locator, to: Locator, says?: string): Promise<void> => {
  // Only what lies still, with nothing over it.
  for (const place of [to, from]) await place.hover();
  const end = await centreOf(to);
  await page.mouse.down();
  await page.mouse.move(end.x, end.y, { steps: 8 });
  if (says === undefined) return;
  const follow = async (): Promise<boolean> => {
    await to.hover({ force: true });
    return page.getByText(says).isVisible();
  };
  await expect.poll(follow).toBe(true);
};

describe("the timeline", () => {
  test("has a thousand versions with a few rows, each with what matters about it", async () => {
    expect(await timeline().getByRole("listitem").count()).toBeLessThan(60);
    const text = await rowOf(NEWEST - 5).textContent();
    expect(text).toContain(`v${NEWEST - 5}`);
    expect(text).toContain("Note 994");
    expect(text).not.toContain("and more");
    expect(text).toContain("+1 kB");
    expect(
      await rowOf(NEWEST - 5)
        .getByRole("img", { name: "Pinned" })
        .count(),
    ).toBe(1);
  });

  test("opens at the version of the address, and keeps the view from one to the next", async () => {
    await page.goto(`${app.url}#/p/digits/net/v500?tab=metadata`);
    await page.getByRole("heading", { level: 1, name: "net:v500" }).waitFor();
    const [list, row] = [await timeline().boundingBox(), await rowOf(500).boundingBox()];
    expect(row?.y).toBeGreaterThanOrEqual((list?.y ?? 0) - 1);
    expect(row?.y).toBeLessThan((list?.y ?? 0) + (list?.height ?? 0));
    await rowOf(501).getByRole("link").click();
    await page.getByRole("heading", { level: 1, name: "net:v501" }).waitFor();
    expect(new URL(page.url()).hash).toBe("#/p/digits/net/v501?tab=metadata");
  });

  test("lets two be chosen to compare, and the header compares with the one before", async () => {
    await goTo("#/p/digits/net/v500", 500);
    const before = page.getByRole("link", { name: "Compare with v499" });
    expect(await before.getAttribute("href")).toBe(
      "#/compare?a=digits%2Fnet%3Av499&b=digits%2Fnet%3Av500",
    );
    await page.getByRole("button", { name: "Choose two versions to compare" }).click();
    await rowOf(502).getByRole("button").click();
    const compare = page.getByRole("link", { name: "Compare v500 with v502" });
    expect(await compare.getAttribute("href")).toBe(
      "#/compare?a=digits%2Fnet%3Av500&b=digits%2Fnet%3Av502",
    );
    await rowOf(501).getByRole("button").click();
    await page.getByRole("link", { name: "Compare v501 with v502" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => rowOf(501).getByRole("link").count()).toBe(1);
  });
});

describe("an alias", () => {
  test("is dragged from the header to a version, and taken back", async () => {
    await goTo("#/p/digits/net/v0", 0);
    await carry(page.locator(".alias-grip", { hasText: "prod" }), rowOf(3), "prod: v0 → v3");
    expect(await rowOf(3).getAttribute("class")).toContain("is-target");
    await page.mouse.up();
    await untilToast(page, "prod is on v3; it moved from v0.");
    await rowOf(3).getByText("prod").waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await untilToast(page, "prod is on v0 again.");
    await rowOf(0).getByText("prod").waitFor();
    await closeMessages(page);
  });

  test("is dragged along the timeline; the press opens no version", async () => {
    await carry(rowOf(0).locator(".timeline-pill"), rowOf(2), "prod: v0 → v2");
    await page.mouse.up();
    await untilToast(page, "prod is on v2; it moved from v0.");
    expect(new URL(page.url()).hash).toBe("#/p/digits/net/v0");
    await closeMessages(page);
  });

  test("stays where it was after Escape, or let go beside the timeline", async () => {
    const pill = rowOf(2).locator(".timeline-pill");
    await carry(pill, rowOf(4), "prod: v2 → v4");
    await page.keyboard.press("Escape");
    await page.getByText("prod: v2").waitFor({ state: "detached" });
    await page.mouse.up();
    await carry(pill, page.getByRole("tab", { name: "Usage" }));
    await page.mouse.up();
    await rowOf(2).getByText("prod").waitFor();
    expect(await page.locator(".toast").count()).toBe(0);
    expect(new URL(page.url()).hash).toBe("#/p/digits/net/v0");
  });

  test("moves with the keyboard alone", async () => {
    await goTo("#/p/digits/net/v2", 2);
    await page.getByRole("button", { name: /^Alias prod/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menuitem", { name: "Move along the timeline" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("PageUp");
    await page.getByText("prod: v2 → v13").waitFor();
    await page.keyboard.press("Enter");
    await untilToast(page, "prod is on v13; it moved from v2.");
    await page.keyboard.press("Control+z");
    await untilToast(page, "prod is on v2 again.");
    await expect.poll(() => chipsOf(page)).toEqual(["unspecified", "prod"]);
    await closeMessages(page);
  });

  test("misses no key, however soon after taking it up", async () => {
    await page.getByRole("button", { name: /^Alias prod/ }).focus();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("menuitem", { name: "Move along the timeline" }).evaluate((item) => {
      (item as HTMLElement).click();
      for (const key of ["ArrowUp", "PageUp"])
        window.dispatchEvent(new KeyboardEvent("keydown", { key }));
    });
    const note = page.locator(".timeline-moving > span").first();
    await expect.poll(() => note.textContent()).toBe("prod: v2 → v13");
    await page.keyboard.press("Escape");
    await note.waitFor({ state: "detached" });
  });

  test("is offered by name, and goes to a version found among a thousand", async () => {
    await page.getByRole("button", { name: "Add alias" }).click();
    await page.getByRole("button", { name: "best", exact: true }).click();
    await page.keyboard.press("Enter");
    await untilToast(page, "best is on v2.");
    await page.getByRole("button", { name: /^Alias best/ }).click();
    await page.getByRole("menuitem", { name: "Move to…" }).click();
    await page.getByRole("searchbox", { name: "Find by number, alias or note" }).fill("77");
    await page.getByRole("radio", { name: /^v77 / }).check();
    await page.getByRole("button", { name: "Move to v77" }).click();
    await untilToast(page, "best is on v77; it moved from v2.");
    await closeMessages(page);
    await expect.poll(() => chipsOf(page)).toEqual(["unspecified", "prod"]);
  });
});

test("on a narrow screen the timeline is one line that unfolds", async () => {
  await page.setViewportSize({ width: 360, height: 780 });
  await goTo("#/p/digits/net/v500", 500);
  expect(await timeline().isVisible()).toBe(false);
  await page.getByRole("link", { name: "Newer: v501" }).click();
  await untilVersion(page, "net:v501");
  await page.getByRole("button", { name: /^v501 of 1,000/ }).click();
  await rowOf(499).getByRole("link").click();
  await untilVersion(page, "net:v499");
  expect(await timeline().isVisible()).toBe(false);
  await page.setViewportSize({ width: 1280, height: 800 });
});

test("no page of a version has a fault, wide or narrow, light or dark", async () => {
  for (const tab of ["files", "metadata", "usage", "history"]) {
    await page.goto(`${app.url}#/p/digits/net/v2?tab=${tab}`);
    await page.getByRole("tab", { selected: true, name: new RegExp(tab, "i") }).waitFor();
    expect(await faultsOf(page), tab).toEqual([]);
  }
  await page.getByRole("button", { name: "Choose two versions to compare" }).click();
  expect(await faultsOf(page), "choosing").toEqual([]);
  await page.keyboard.press("Escape");
});
