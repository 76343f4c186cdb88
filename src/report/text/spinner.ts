const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"] as const;

/** How long each picture stands, in milliseconds. */
export const spinnerMs = 100;

/** The picture of something that goes on, after so many milliseconds. */
export function spinnerAt(ms: number): string {
  return frames[Math.floor(ms / spinnerMs) % frames.length] ?? "";
}
