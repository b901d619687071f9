import { throughRegistriesContract } from "./through-registries-contract.ts";

throughRegistriesContract();
