// What goes wrong, for which request. Rules are set over the control address.

export type FaultAction =
  /** Answers with this status, without doing anything, or after doing it all. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly body?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly afterApplying?: boolean;
    }
  | { readonly kind: "delay"; readonly ms: number }
  /** Closes the connection, having taken this many bytes of the body, and does nothing. */
  | { readonly kind: "drop-before"; readonly bodyBytes?: number }
  /** Does it all and closes the connection: the response is lost. */
  | { readonly kind: "drop-after" }
  /** Answers, and closes the connection after this many bytes of the body. */
  | { readonly kind: "truncate"; readonly bytes: number }
  | { readonly kind: "wrong-etag" }
  /** From this request on the token is refused. */
  | { readonly kind: "expire-token" }
  | { readonly kind: "ignore-parent-commit" }
  /** `resolve` and `raw` give a branch as it was one commit ago, as a cache may. */
  | { readonly kind: "stale-read" };

export interface FaultRule {
  /** The Hub itself, or the host of its storage; either when left out. */
  readonly host?: "hub" | "storage";
  /** Any but OPTIONS when left out. */
  readonly method?: string;
  /** A regular expression for the path with its query, as sent. */
  readonly path?: string;
  /** The first matching request it is for, from 1. */
  readonly nth?: number;
  /** How many requests from then on; 1 when left out, 0 for all. */
  readonly times?: number;
  readonly action: FaultAction;
}

/** A rule with what became of it. */
export interface FaultState {
  readonly rule: FaultRule;
  readonly matched: number;
  readonly applied: number;
}

export interface FaultTarget {
  readonly host: "hub" | "storage";
  readonly method: string;
  readonly path: string;
}

export class Faults {
  readonly #rules: { rule: FaultRule; path: RegExp; matched: number; applied: number }[] = [];

  set(rules: readonly FaultRule[]): void {
    this.#rules.push(
      ...rules.map((rule) => ({ rule, path: new RegExp(rule.path ?? ""), matched: 0, applied: 0 })),
    );
  }

  clear(): void {
    this.#rules.length = 0;
  }

  states(): readonly FaultState[] {
    return this.#rules.map(({ rule, matched, applied }) => ({ rule, matched, applied }));
  }

  /** Gives what to do to this request, and counts it for each rule it matches. */
  take(target: FaultTarget): readonly FaultAction[] {
    const hit = this.#rules.filter(
      ({ rule, path }) => matches(rule, target) && path.test(target.path),
    );
    return hit.flatMap((state) => {
      state.matched += 1;
      const { nth = 1, times = 1, action } = state.rule;
      if (state.matched < nth || (times > 0 && state.applied >= times)) return [];
      state.applied += 1;
      return [action];
    });
  }
}

function matches(rule: FaultRule, { host, method }: FaultTarget): boolean {
  if (rule.host !== undefined && rule.host !== host) return false;
  return rule.method === undefined ? method !== "OPTIONS" : rule.method === method;
}
