//! Mentorpar, the program: command line, web, import and export around the domain and the store.
#![forbid(unsafe_code)]

pub mod demo;
