// Which files of a drop are left out [F6].
import createIgnore from "ignore";
import { DEFAULT_IGNORES } from "../../core/ignore.ts";

/** A pattern in .gitignore form. Ready-made ones spare files that were dropped by themselves. */
export interface IgnoreRule {
  readonly pattern: string;
  readonly isReadyMade: boolean;
  readonly isOn: boolean;
}

/** Finds the pattern that leaves a path out, or `null`. Folders are asked about without a slash at the end. */
export interface IgnoreMatcher {
  readonly findForFile: (path: string) => string | null;
  readonly findForFolder: (path: string) => string | null;
}

/** The rules that a draft starts with. */
export function readyMadeRules(): readonly IgnoreRule[] {
  return DEFAULT_IGNORES.map((pattern) => ({ pattern, isReadyMade: true, isOn: true }));
}

/**
 * Compiles rules. They work as a .gitignore inside each dropped folder would, letter case aside:
 * paths are matched without the dropped folder's own name, and a dropped folder itself is never
 * left out.
 */
export function compileRules(rules: readonly IgnoreRule[]): IgnoreMatcher {
  const active = rules.filter((rule) => rule.isOn);
  if (active.length === 0) return { findForFile: () => null, findForFolder: () => null };
  const inFolders = matcherOf(active);
  const loose = matcherOf(active.filter((rule) => !rule.isReadyMade));
  return {
    findForFile(path) {
      const slash = path.indexOf("/");
      return slash < 0 ? loose(path) : inFolders(path.slice(slash + 1));
    },
    findForFolder(path) {
      const slash = path.indexOf("/");
      return slash < 0 ? null : inFolders(`${path.slice(slash + 1)}/`);
    },
  };
}

function matcherOf(rules: readonly IgnoreRule[]): (path: string) => string | null {
  const ignore = createIgnore({ allowRelativePaths: true }).add(rules.map((rule) => rule.pattern));
  return (path) => {
    const result = ignore.test(path);
    return result.ignored ? (result.rule?.pattern ?? null) : null;
  };
}
