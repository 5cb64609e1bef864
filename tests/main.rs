//! The single integration test binary: one module per thing a user can see.
