//! Mentorpar, the program: command line, web, import and export around the domain and the store.
#![forbid(unsafe_code)]

mod calendar;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod export;
pub mod import;
pub mod jobs;
pub mod mail;
pub mod matching_round;
mod own_data;
mod papers;
mod picture;
pub mod record;
mod secret;
pub mod settings;
pub mod web;
