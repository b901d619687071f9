import { bytesThereContract } from "./bytes-there-contract.ts";

bytesThereContract();
