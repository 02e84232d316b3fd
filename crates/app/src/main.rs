//! Starts Mentorpar.

fn main() {}
