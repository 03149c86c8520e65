//! The only clock. Everything that depends on today takes it as a value, so that `--as-of` decides it.

/// Returns the present moment.
pub fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}
