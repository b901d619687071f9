// Why the head of a file stops being readable. What was read before it is still shown.

/** Thrown by the readers of heads; openers turn it into a note or into `file_unreadable`. */
export class HeadError extends Error {
  override readonly name = "HeadError";
  /** A phrase without a full stop, such as `it ends in the middle of its header`. */
  readonly reason: string;

  constructor(reason: string) {
    super(reason);
    this.reason = reason;
  }
}
