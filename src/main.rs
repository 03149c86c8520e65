//! The `trainboard` command.

fn main() {}
