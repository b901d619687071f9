import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openApp, type App } from "../support/app.ts";

describe("the built app on a plain static host, below a sub-path", () => {
  let app: App;
  beforeAll(async () => {
    app = await openApp({ basePath: "/some/where/" });
  });
  afterAll(() => app.close());

  test("shows itself without console errors or CSP violations", async () => {
    await expect.poll(() => app.page.locator("#app > *").count()).toBeGreaterThan(0);
    expect(await app.page.title()).toContain("Cairn");
    app.expectNoConsoleErrors();
  });

  test("asks only its own folder", async () => {
    const asked: string[] = [];
    app.page.on("request", (request) => asked.push(request.url()));
    await app.page.reload({ waitUntil: "load" });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((url) => !url.startsWith(app.url))).toEqual([]);
  });

  test("refuses scripts and workers from elsewhere, and markup strings", async () => {
    const refused = await app.page.evaluate(() => {
      const attempt = (act: () => unknown): string => {
        try {
          act();
          return "done";
        } catch (error) {
          return error instanceof Error ? error.name : String(error);
        }
      };
      return {
        worker: attempt(() => new Worker("data:text/javascript,postMessage(1)")),
        elsewhere: attempt(() => new Worker("../other/worker.js")),
        markup: attempt(() => (document.createElement("div").innerHTML = "<b>hi</b>")),
      };
    });
    expect(refused).toEqual({ worker: "TypeError", elsewhere: "TypeError", markup: "TypeError" });
  });

  test("is installable", async () => {
    const session = await app.context.newCDPSession(app.page);
    const { errors } = await session.send("Page.getAppManifest");
    const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
    expect(errors).toEqual([]);
    expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual([]);
  });
});
