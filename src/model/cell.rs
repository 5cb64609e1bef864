//! Cells: the places that hold a changing value, one for each actor that holds an attribute, each pair of a relation that has one, each state.

use super::{ActorIndex, Distribution, Expression, Notes, PairCells, Quantity};

/// A value an actor may hold.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub quantity: Quantity,
    /// Bounds of a number.
    pub range: Option<(f64, f64)>,
    /// How it relaxes.
    pub half_life: Option<HalfLife>,
    /// The cell of each actor; `None` where the actor does not hold it. As long as the list of actors.
    pub cells: Vec<Option<usize>>,
    /// True if only its holder's rules may read it.
    pub private: bool,
    /// `about`, `source`, `basis`.
    pub notes: Notes,
}

/// A value an ordered pair of actors holds.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub quantity: Quantity,
    /// Bounds of a number.
    pub range: Option<(f64, f64)>,
    /// How it relaxes.
    pub half_life: Option<HalfLife>,
    /// True if a pair has one cell, whatever its order.
    pub symmetric: bool,
    /// The cells of the pairs of which something is said, or that something can write; of all pairs where starts are not all alike.
    pub cells: PairCells,
    /// What all other pairs hold from the start to the end of every run.
    pub elsewhere: f64,
    /// `about`, `source`, `basis`.
    pub notes: Notes,
}

/// A scenario-wide value.
#[derive(Clone, Debug)]
pub struct StateVariable {
    /// Its name.
    pub id: String,
    /// What it holds.
    pub quantity: Quantity,
    /// Bounds of a number.
    pub range: Option<(f64, f64)>,
    /// How it relaxes.
    pub half_life: Option<HalfLife>,
    /// Its cell.
    pub cell: usize,
    /// `about`, `source`, `basis`.
    pub notes: Notes,
}

/// Relaxation towards a resting value.
#[derive(Clone, Debug)]
pub struct HalfLife {
    /// Duration in days, over parameters; at or below 0 when computed it means none.
    pub duration: Expression,
    /// `None`: the first form of LANGUAGE 6.3 (closed form towards `own_start`). `Some`: the second form, read each step, with the holder
    /// (and the other side of a relation) in actor slots 0 and 1.
    pub rest: Option<Expression>,
}

/// Whose cell it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellOwner {
    /// An attribute of an actor.
    Attribute {
        /// Index of the attribute.
        attribute: usize,
        /// Who holds it.
        actor: ActorIndex,
    },
    /// A relation of a pair. A symmetric relation's pair has the lesser id first.
    Relation {
        /// Index of the relation.
        relation: usize,
        /// From whom.
        from: ActorIndex,
        /// Towards whom.
        to: ActorIndex,
    },
    /// A state variable.
    State {
        /// Index of the state variable.
        state: usize,
    },
}

/// One cell.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Whose it is.
    pub owner: CellOwner,
    /// How it starts.
    pub start: Start,
}

/// How a cell starts. Both are clamped to the cell's range.
#[derive(Clone, Debug, PartialEq)]
pub enum Start {
    /// Computed from literals and parameters.
    Value(Expression),
    /// Drawn, at this site, truncated to the cell's range.
    Drawn {
        /// From what.
        distribution: Distribution,
        /// Text of the site, such as `attributes.resolve(junta)`.
        site: String,
    },
}
