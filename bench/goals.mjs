// The goals of docs/performance.md, by the table and the row that they belong to.

/** CPU of a start, over that of `node -e 0`. */
export const startUpGoals = {
  "--version": 1.1,
  "--help": 1.2,
  "validate, 10 agents": 2.1,
  "plan, 10 agents": 3.9,
  "plan, in a checkout": 3.9,
};

/** Wall time or CPU of a fleet, over its floor. */
export const fleetGoals = {
  "100 agents, 20 ms": { create: { wall: 1.25 }, update: { wall: 1.25 }, plan: { wall: 1.2 } },
  "1000 agents, 0 ms": { plan: { cpu: 3 } },
};

/** CPU of large fleets in milliseconds, and memory of each in MB. */
export const largeGoals = {
  create: { cpu: 6000, rss: 300 },
  "plan, with aliases": { cpu: 4000, rss: 300 },
  validate: { cpu: 3000, rss: 300 },
};

/** A figure with its goal, if it has one. */
export function withGoal(value, goal, text) {
  return goal === undefined ? text(value) : `${text(value)} (goal ${text(goal)})`;
}
