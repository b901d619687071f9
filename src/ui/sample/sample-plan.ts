// How the sample project is logged: public/sample/plan.json, written by scripts/make-sample.mjs.
import type { JsonObject } from "../../core/json.ts";

export interface SamplePlan {
  readonly project: string;
  readonly steps: readonly SampleStep[];
}

/** One version. */
export interface SampleStep {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly metadata: JsonObject;
  readonly aliases: readonly string[];
  /** Logical path → file below public/sample. */
  readonly files: Readonly<Record<string, string>>;
  readonly run?: {
    readonly name: string;
    readonly config: JsonObject;
    /** Steps whose versions it used. */
    readonly uses: readonly number[];
  };
}
