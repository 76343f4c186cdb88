// Stands in for what a library would load only for its own developers.
export default {};
