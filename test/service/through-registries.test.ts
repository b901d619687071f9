import "fake-indexeddb/auto";
import { throughRegistriesContract } from "./through-registries-contract.ts";

throughRegistriesContract();
