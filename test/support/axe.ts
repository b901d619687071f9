// Looks at a page as axe does, at both widths and in both colour schemes.
import axe from "axe-core";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const WIDTHS = [1280, 360] as const;
const SCHEMES = ["light", "dark"] as const;

/** What axe finds wrong with the page as it is, in each colour scheme and width, and whether it is too wide. */
export async function faultsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const problem of await violations(page))
        found.push(`${width} ${colorScheme}: ${problem}`);
    }
    const overflow = await overflowOf(page);
    if (overflow > 0) found.push(`${width}: the page is ${overflow} px too wide`);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  return found;
}

/** What axe finds wrong with a part of the page in one colour scheme, and whether the page is too wide at 360 px. */
export async function faultsIn(
  page: Page,
  selector: string,
  colorScheme: (typeof SCHEMES)[number],
): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  const found = await violations(page, selector);
  await page.setViewportSize({ width: 360, height: 800 });
  const overflow = await overflowOf(page);
  if (overflow > 0) found.push(`360: the page is ${overflow} px too wide`);
  await page.setViewportSize({ width: 1280, height: 800 });
  return found;
}

function overflowOf(page: Page): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
}

/** Runs axe in the page; evaluated by the debugger, so that the page's CSP stays as it is. */
async function violations(page: Page, selector = "html"): Promise<string[]> {
  // A document keeps it; to read it again takes longer than to look at the page.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  // Colours fade to those of the other scheme, inherited ones after those they come from.
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)));
  await page.waitForFunction(
    () =>
      !document
        .getAnimations()
        .some(
          ({ playState, effect }) =>
            playState === "running" && effect?.getComputedTiming().iterations !== Infinity,
        ),
  );
  const results = await page.evaluate<AxeResults>(
    selector === "html"
      ? "axe.run({ resultTypes: ['violations'] })"
      : `axe.run(${JSON.stringify(selector)}, { resultTypes: ['violations'] })`,
  );
  return results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html, any }) => `${id} (${help}) ${html} ${any[0]?.message ?? ""}`),
  );
}
