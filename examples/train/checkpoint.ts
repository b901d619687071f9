// A network as files and back.
import { Net } from "./model.ts";

/** What an artifact keeps of a network, by path. */
export function toFiles(net: Net): Readonly<Record<string, Blob>> {
  const config = { layers: [2, net.hidden, 1], activation: "tanh", weights: "float32" };
  return {
    "config.json": new Blob([`${JSON.stringify(config, null, 2)}\n`]),
    "weights.bin": new Blob([net.weights]),
  };
}

/** The inverse of {@link toFiles}, from a download. */
export async function fromFiles(files: ReadonlyMap<string, Blob>): Promise<Net> {
  const [config, weights] = [files.get("config.json"), files.get("weights.bin")];
  if (config === undefined || weights === undefined)
    throw new Error("This artifact is not one of the networks that are trained here.");
  const { layers } = JSON.parse(await config.text()) as { readonly layers: readonly number[] };
  return new Net(layers[1] ?? 0, new Float32Array(await weights.arrayBuffer()));
}
