//! Who must be looked at again when something is written: for each place the openings whose guards read it.

use crate::model::Model;

use super::node::{Node, NodeId, Nodes};
use super::places::Places;
use super::program::Opening;

/// For each watched place (cells, then tallies, clocks, memberships) a list of openings.
#[derive(Debug)]
pub(super) struct Watches {
    first: Vec<u32>,
    openings: Vec<u32>,
    first_tally: usize,
    first_clock: usize,
    first_member: usize,
}

impl Watches {
    pub(super) fn new(nodes: &Nodes, places: &Places, model: &Model, openings: &[Opening]) -> Watches {
        let first_tally = places.ranges.len();
        let first_clock = first_tally + places.n_tallies();
        let first_member = first_clock + model.clocks.len();
        let n_places = first_member + model.groups.len() * model.actors.len();
        let mut watched: Vec<(u32, u32)> = Vec::new();
        let mut seen = vec![u32::MAX; nodes.nodes.len()];
        for (index, opening) in openings.iter().enumerate() {
            let index = index as u32;
            let mut stack: Vec<NodeId> = vec![opening.guard];
            while let Some(node) = stack.pop() {
                if seen[node as usize] == index {
                    continue;
                }
                seen[node as usize] = index;
                nodes.parts(node, &mut stack);
                let mut watch = |place: usize| watched.push((place as u32, index));
                match nodes.nodes[node as usize] {
                    // What flows write is taken as if it could be anything, always.
                    Node::Cell(cell) if !places.is_volatile[cell as usize] => watch(cell as usize),
                    Node::Relaxing(place) | Node::Lingering(place) => {
                        let lingers = matches!(nodes.nodes[node as usize], Node::Lingering(_));
                        let list = if lingers { &places.lingering } else { &places.relaxing };
                        let cell = list[place as usize].cell;
                        if !places.is_volatile[cell] {
                            watch(cell);
                        }
                    }
                    Node::Events(_, _, list) => {
                        nodes.list(list).iter().for_each(|tally| watch(first_tally + *tally as usize));
                    }
                    Node::Running(clock, _) | Node::Expired(clock, _) | Node::Remaining(clock, _) => {
                        watch(first_clock + clock as usize);
                    }
                    Node::Member(place) => watch(first_member + place as usize),
                    Node::Size(list) => {
                        nodes.list(list).iter().for_each(|place| watch(first_member + *place as usize));
                    }
                    _ => {}
                }
            }
        }
        watched.sort_unstable();
        watched.dedup();
        let mut first = vec![0; n_places + 1];
        for &(place, _) in &watched {
            first[place as usize + 1] += 1;
        }
        for place in 0..n_places {
            first[place + 1] += first[place];
        }
        let openings = watched.into_iter().map(|(_, opening)| opening).collect();
        Watches { first, openings, first_tally, first_clock, first_member }
    }

    fn of(&self, place: usize) -> &[u32] {
        &self.openings[self.first[place] as usize..self.first[place + 1] as usize]
    }

    pub(super) fn of_cell(&self, cell: usize) -> &[u32] {
        self.of(cell)
    }

    pub(super) fn of_tally(&self, tally: usize) -> &[u32] {
        self.of(self.first_tally + tally)
    }

    pub(super) fn of_clock(&self, clock: usize) -> &[u32] {
        self.of(self.first_clock + clock)
    }

    pub(super) fn of_member(&self, place: usize) -> &[u32] {
        self.of(self.first_member + place)
    }
}
