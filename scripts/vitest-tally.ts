// Counts a run's tests for the last line of `npm test`.
import { writeFile } from "node:fs/promises";
import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

export interface Tally {
  readonly files: readonly FileTally[];
  /** Errors nobody caught. */
  readonly unhandled: number;
}

export interface FileTally {
  /** Its path. */
  readonly file: string;
  readonly passed: number;
  /** Tests that failed, and the file itself where it could not be run. */
  readonly failed: number;
  readonly skipped: number;
  /** The browser's process of a page went down in it: nothing is said then of what followed. */
  readonly hasCrashed: boolean;
}

const CRASH = /\b(?:Target|Page) crashed\b/;

/** Writes the tally as JSON to `file` when the run ends. */
export function tallyReporter(file: string): Reporter {
  return {
    onTestRunEnd: (modules, unhandled) =>
      writeFile(file, JSON.stringify(count(modules, unhandled))),
  };
}

function count(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Tally {
  return { files: modules.map(countFile), unhandled: unhandled.length };
}

function countFile(module: TestModule): FileTally {
  const tests = Array.from(module.children.allTests());
  const number = (state: string): number =>
    tests.filter((test) => test.result().state === state).length;
  const suites = [module, ...module.children.allSuites()];
  const errors = [
    ...suites.flatMap((suite) => suite.errors()),
    ...tests.flatMap((test) => test.result().errors ?? []),
  ];
  return {
    file: module.moduleId,
    passed: number("passed"),
    failed: number("failed") + suites.filter((suite) => suite.errors().length > 0).length,
    // Tests of a file that broke off never started.
    skipped: number("skipped") + number("pending"),
    hasCrashed: errors.some(({ message }) => CRASH.test(message)),
  };
}
