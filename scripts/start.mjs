// @ts-check
// `npm start`: from a fresh clone to the production build in a browser.
import { installPackages, main, step, StepError } from "./steps.mjs";
import { build } from "./tools.mjs";

const DEFAULT_PORT = 4173;

await main(async () => {
  const port = Number(process.env.PORT ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new StepError(`PORT is not a port: ${process.env.PORT}`);
  await installPackages();
  await step("build", build);
  const { preview } = await import("vite");
  // Takes the next free port when this one is in use.
  const server = await preview({ logLevel: "warn", preview: { port } });
  console.log(`\nCairn is at ${server.resolvedUrls?.local[0]}\nCtrl+C stops it.`);
});
