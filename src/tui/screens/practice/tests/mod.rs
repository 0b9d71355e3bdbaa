//! The screens beside SCREENS' drawings, at every size, and what each key does.

mod fixture;
mod keys;
mod views;
