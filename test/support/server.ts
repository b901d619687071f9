// Serves a built app from a process that a test can stop and start again.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const SCRIPT = fileURLToPath(new URL("./static-server.mjs", import.meta.url));
/** What `npm run build` made. */
export const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));

export interface ServerOptions {
  readonly folder?: string;
  /** Begins and ends with `/`. */
  readonly basePath?: string;
}

export interface StaticServer {
  readonly url: string;
  /** Ends the process: the port refuses connections. */
  stop(): Promise<void>;
  /** Takes up the same port again, with other files if given. */
  restart(folder?: string): Promise<void>;
}

/** Starts a static host on a free port. */
export async function startServer({
  folder = DIST,
  basePath = "/",
}: ServerOptions = {}): Promise<StaticServer> {
  let running = await start(folder, basePath, 0);
  const { port } = running;
  const stop = async (): Promise<void> => {
    if (running.child.exitCode !== null || running.child.signalCode !== null) return;
    const exit = once(running.child, "exit");
    running.child.kill("SIGKILL");
    await exit;
  };
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    stop,
    async restart(newFolder = folder) {
      await stop();
      running = await start(newFolder, basePath, port);
    },
  };
}

async function start(
  folder: string,
  basePath: string,
  port: number,
): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(SCRIPT, [folder, basePath, String(port)]);
  const failed = once(child, "exit").then(([code]) => {
    throw new Error(`the static server ended with code ${String(code)}`);
  });
  // Later exits are the test's own doing.
  failed.catch(() => undefined);
  const [message] = (await Promise.race([once(child, "message"), failed])) as [{ port: number }];
  return { child, port: message.port };
}
