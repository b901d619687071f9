// Remembers what a browser's tabs complained about.
import type { BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";

export interface ConsoleWatch {
  /** Fails the test if something was logged since the last call. */
  expectNoErrors(): void;
}

/** Watches all tabs of a context, those opened later too. CSP violations are logged as errors. */
export async function watchConsole(context: BrowserContext): Promise<ConsoleWatch> {
  let errors: string[] = [];
  const watch = (page: Page): void => {
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => errors.push(`uncaught ${String(error)}`));
    page.on("crash", () => errors.push("the tab crashed"));
  };
  for (const page of context.pages()) watch(page);
  context.on("page", watch);
  // Violations in report-only or with a listener that prevents logging would go unseen.
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP: ${event.effectiveDirective} blocked ${event.blockedURI} ${event.sample}`);
    });
  });
  return {
    expectNoErrors() {
      const seen = errors;
      errors = [];
      expect(seen, "console errors").toEqual([]);
    },
  };
}
