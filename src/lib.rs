pub mod math;
pub mod random;
