// The person as whom upstream's specs sign in, and what they expect the Hub to say of them.
import type { UserSettings } from "./server/settings.ts";

export const UPSTREAM_USER: UserSettings = {
  name: "hub.js",
  whoAmI: {
    id: "62f264b9f3c90f4b6514a269",
    fullname: "@huggingface/hub CI bot",
    email: "eliott@huggingface.co",
    emailVerified: true,
    canPay: false,
    periodEnd: null,
    avatarUrl: "/avatars/934b830e9fdaa879487852f79eef7165.svg",
    billingMode: "postpaid",
  },
  userInfo: {
    sub: "62f264b9f3c90f4b6514a269",
    name: "@huggingface/hub CI bot",
    email_verified: true,
    email: "eliott@huggingface.co",
    picture: "https://hub-ci.huggingface.co/avatars/934b830e9fdaa879487852f79eef7165.svg",
    profile: "https://hub-ci.huggingface.co/hub.js",
    website: "https://github.com/huggingface/hub.js",
  },
};
