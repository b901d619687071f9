import "fake-indexeddb/auto";
import { draftsContract } from "./drafts-contract.ts";

draftsContract();
