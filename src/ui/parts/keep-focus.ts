/**
 * For what stands beside a field that takes what is typed when it is left. A press there leaves the
 * field alone: taking would move what is pressed from under the pointer, and the click would be lost.
 */
export function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
