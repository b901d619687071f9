// @ts-check
// What a person does, for the screenshots: real drops, a filled sheet, a commit.

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page @param {string} path of this machine */
export async function drop(page, path) {
  const cdp = await page.context().newCDPSession(page);
  const data = { items: [], files: [path], dragOperationsMask: 1 };
  for (const type of /** @type {const} */ (["dragEnter", "dragOver", "drop"]))
    await cdp.send("Input.dispatchDragEvent", { type, x: 200, y: 400, data });
  await cdp.detach();
  await untilStaged(page);
}

/** @param {Page} page */
const untilStaged = (page) => page.getByText(/new to the store|no new bytes/).waitFor();

/**
 * @param {Page} page
 * @param {Record<string, string>} fields
 * @param {string} [alias]
 */
export async function fill(page, fields, alias) {
  for (const [label, value] of Object.entries(fields))
    await page.getByRole("dialog").getByLabel(label, { exact: true }).fill(value);
  if (alias === undefined) return;
  await page.getByLabel(/^Aliases/).fill(alias);
  await page.keyboard.press("Enter");
}

/** @param {Page} page */
export async function commit(page) {
  await untilStaged(page);
  await page.getByRole("button", { name: "Commit" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** @param {Page} page */
export async function closeMessages(page) {
  await page
    .getByRole("button", { name: "Close message" })
    .evaluateAll((buttons) =>
      buttons.forEach((button) => button instanceof HTMLElement && button.click()),
    );
}

/** Resolves once the page shows all it has to show: nothing loads or moves any more. @param {Page} page */
export async function untilStill(page) {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForFunction(
    () => document.querySelector(".loading, [aria-busy=true]:not(button)") === null,
  );
  // Panels whose code came last paint one frame later, and small pictures after an answer.
  await page.waitForTimeout(300);
}
