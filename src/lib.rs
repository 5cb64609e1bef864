pub mod cli;
pub mod diagnostic;
pub mod math;
pub mod model;
pub mod random;
pub mod scenario;
