// Stands in for ink's guess whether it is in CI, where it draws nothing: cli/terminal/interactive.ts has decided that before.
export default false;
