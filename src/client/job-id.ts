// Names for long calls, for the page.
export { newJobId } from "../protocol/jobs.ts";
