//! Which definitions are remembered while the state stays as it is, and where: those that are dear to read again.

use crate::model::{Expression, Model};

/// Most arguments of a definition whose values are remembered.
const MOST_REMEMBERED_ARGUMENTS: usize = 2;

/// Most values that are remembered of one definition.
const MOST_REMEMBERED_VALUES: usize = 100_000;

/// For each definition where its values begin (`None`: read anew each time), and the number of places. There are two for each combination of
/// arguments, for the middle and for the end of a step. Definitions of a few plain terms, such as `border(a, b) or rivals(a, b)`, have none:
/// places for all pairs of actors would take more memory and time than the reading.
pub(super) fn places(model: &Model) -> (Vec<Option<usize>>, usize) {
    let mut n_places = 0;
    let first = model.definitions.iter().map(|definition| {
        let n_values = 2 * model.actors.len().checked_pow(definition.n_arguments as u32)?;
        let is_remembered = definition.n_arguments <= MOST_REMEMBERED_ARGUMENTS
            && n_values <= MOST_REMEMBERED_VALUES
            && is_dear(&definition.value);
        is_remembered.then(|| {
            n_places += n_values;
            n_places - n_values
        })
    });
    (first.collect(), n_places)
}

/// Does it go over a group or over the deeds of a step, or read another definition (of which a chain may double with each link)?
fn is_dear(expression: &Expression) -> bool {
    match expression {
        Expression::Fold(_) | Expression::Definition { .. } | Expression::Pressure(..) => true,
        other => other.parts().into_iter().any(is_dear),
    }
}
