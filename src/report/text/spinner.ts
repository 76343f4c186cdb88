const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;

/** How long each frame of the spinner is shown, in milliseconds. */
export const spinnerMs = 100;

/** The frame of the spinner after this many milliseconds. */
export function spinnerAt(ms: number): string {
  return frames[Math.floor(ms / spinnerMs) % frames.length] ?? "";
}
