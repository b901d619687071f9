// Counts a run's tests for the last line of `npm test`.
import { writeFile } from "node:fs/promises";
import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

export interface Tally {
  readonly passed: number;
  /** Tests that failed, files that could not be run, and errors nobody caught. */
  readonly failed: number;
  readonly skipped: number;
}

/** Writes the tally as JSON to `file` when the run ends. */
export function tallyReporter(file: string): Reporter {
  return {
    onTestRunEnd: (modules, unhandled) =>
      writeFile(file, JSON.stringify(count(modules, unhandled))),
  };
}

function count(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  const states = modules.flatMap((module) =>
    Array.from(module.children.allTests(), (test) => test.result().state),
  );
  const number = (state: string): number => states.filter((other) => other === state).length;
  const suites = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const brokenSuites = suites.filter((suite) => suite.errors().length > 0).length;
  return {
    passed: number("passed"),
    failed: number("failed") + brokenSuites + unhandled.length,
    // Tests of a file that broke off never started.
    skipped: number("skipped") + number("pending"),
  };
}
