//! What is to be swept: from flags, or from the file of an experiment.

use std::path::{Path, PathBuf};

use crate::cli::arguments::{Changes, RunRequest, SweepRequest};
use crate::cli::console::Console;
use crate::cli::failure::Failure;
use crate::cli::results::usual_place;
use crate::diagnostic::{Code, Diagnostic, SourceId, Sources, Span};
use crate::experiment::{DesignWords, ExperimentFile, FileDesign, GridWords, SampleWords, read_experiment};
use crate::library::Disk;
use crate::scenario::document::Text;
use crate::scenario::{DataTable, MAX_CSV_BYTES, MAX_TOML_BYTES, read_table, read_text};

/// Runs at each point, if nothing is said.
const USUAL_RUNS: u64 = 1000;
const USUAL_SEED: u64 = 1;

/// Everything that a sweep needs to know.
pub(super) struct Plan {
    /// The scenario file.
    pub(super) scenario: PathBuf,
    /// What is laid over it.
    pub(super) changes: Changes,
    /// Its points, in words.
    pub(super) design: DesignWords,
    /// Runs at each point.
    pub(super) runs: u64,
    /// Seed of all random numbers.
    pub(super) seed: u64,
    /// Number of threads; 0 is one for each core.
    pub(super) threads: usize,
    /// Where the tables go.
    pub(super) place: PathBuf,
    pub(super) force: bool,
    pub(super) quiet: bool,
    pub(super) json: bool,
    pub(super) plain: bool,
    /// The file of the experiment, if it was read from one.
    pub(super) file: Option<PathBuf>,
    /// All texts that were read, words of the command among them.
    pub(super) sources: Sources,
    /// Those of them that are files.
    pub(super) files: Vec<SourceId>,
}

/// What the command says beside a file of an experiment.
#[derive(Clone, Debug, Default)]
struct Beside {
    runs: Option<u64>,
    seed: Option<u64>,
    threads: usize,
    out: Option<PathBuf>,
    force: bool,
    quiet: bool,
    json: bool,
    plain: bool,
}

impl Plan {
    /// What the flags of `sweep` say.
    pub(super) fn of_flags(request: &SweepRequest, console: &Console) -> Result<Self, Failure> {
        one_design(request)?;
        let (mut sources, mut files) = (Sources::default(), Vec::new());
        let mut found = Vec::new();
        let over: Vec<Text> = request.over.iter().map(|name| word(&mut sources, "--over", name)).collect();
        let design = if !request.grid.is_empty() {
            let mut axes = Vec::new();
            for axis in &request.grid {
                match GridWords::read(&word(&mut sources, "--grid", axis)) {
                    Ok(axis) => axes.push(axis),
                    Err(mistake) => found.push(mistake),
                }
            }
            DesignWords::Grid(axes)
        } else if let Some(n_points) = request.lhs {
            DesignWords::LatinHypercube(SampleWords { n_points, over })
        } else if let Some(n_points) = request.sobol {
            DesignWords::Sobol(SampleWords { n_points, over })
        } else if let Some(path) = &request.points {
            let shown = path.display().to_string();
            let table = points(path, &shown, &mut sources, &mut files, console)?;
            DesignWords::Table { table, over }
        } else {
            return Err(Failure::Usage {
                message: "a sweep needs a design: which points?".to_owned(),
                help: Some("give `--grid NAME=LOW:HIGH:NUMBER`, `--lhs N`, `--sobol N` or `--points TABLE`".to_owned()),
            });
        };
        if !found.is_empty() {
            super::command::tell(&found, &sources, console);
            return Err(Failure::ToldUsage);
        }
        Ok(Self {
            scenario: request.file.clone(),
            changes: request.changes.clone(),
            design,
            runs: request.runs.unwrap_or(USUAL_RUNS),
            seed: request.seed.unwrap_or(USUAL_SEED),
            threads: request.threads.map_or(0, usize::from),
            place: request.out.clone().unwrap_or_else(|| usual_place(&request.file, Some("sweep"))),
            force: request.force,
            quiet: request.quiet,
            json: request.json,
            plain: request.plain,
            file: None,
            sources,
            files,
        })
    }

    /// What a file given to `sweep` says.
    pub(super) fn of_sweep_file(request: &SweepRequest, console: &Console) -> Result<Self, Failure> {
        let has_design =
            request.lhs.or(request.sobol).is_some() || request.points.is_some() || !request.grid.is_empty();
        if has_design || !request.over.is_empty() {
            return Err(belongs("a design", "two designs at once: the file has one"));
        }
        no_changes(&request.changes)?;
        let beside = Beside {
            runs: request.runs,
            seed: request.seed,
            threads: request.threads.map_or(0, usize::from),
            out: request.out.clone(),
            force: request.force,
            quiet: request.quiet,
            json: request.json,
            plain: request.plain,
        };
        Self::of_file(&request.file, beside, console)
    }

    /// What a file given to `run` says.
    pub(super) fn of_run_file(request: &RunRequest, console: &Console) -> Result<Self, Failure> {
        no_changes(&request.changes)?;
        let flags = [
            ("--runs-csv", request.runs_csv),
            ("--precision", request.precision.is_some()),
            ("--expect", request.expect),
            ("--engine", request.engine_given),
        ];
        if let Some((flag, _)) = flags.iter().find(|(_, given)| *given) {
            return Err(Failure::Usage {
                message: format!("an experiment takes no `{flag}`"),
                help: Some("leave it out, or run the scenario itself".to_owned()),
            });
        }
        let beside = Beside {
            runs: request.runs_given.then_some(request.runs),
            seed: request.seed_given.then_some(request.seed),
            threads: request.threads.map_or(0, usize::from),
            out: request.out.clone(),
            force: request.force,
            quiet: request.quiet,
            json: request.json,
            plain: request.plain,
        };
        Self::of_file(&request.file, beside, console)
    }

    /// What a file given to `check` says.
    pub(super) fn of_checked_file(file: &Path, console: &Console) -> Result<Self, Failure> {
        Self::of_file(file, Beside::default(), console)
    }

    fn of_file(file: &Path, beside: Beside, console: &Console) -> Result<Self, Failure> {
        let mut sources = Sources::default();
        let shown = file.display().to_string();
        let text =
            read_text(&Disk, file, &shown, MAX_TOML_BYTES).map_err(|error| told_file(&error, &sources, console))?;
        let source = sources.add(shown, text);
        let mut files = vec![source];
        let mut found = Vec::new();
        let Some(read) = read_experiment(&sources, source, &mut found) else {
            super::command::tell(&found, &sources, console);
            return Err(Failure::Scenario);
        };
        let folder = file.parent().unwrap_or(Path::new("")).to_path_buf();
        let ExperimentFile { scenario, variants, set, without, runs, seed, out, design, kind: _ } = read;
        let design = match design {
            FileDesign::Grid(axes) => DesignWords::Grid(axes),
            FileDesign::LatinHypercube(words) => DesignWords::LatinHypercube(words),
            FileDesign::Sobol(words) => DesignWords::Sobol(words),
            FileDesign::Points { path, over } => {
                let path = folder.join(&path.text);
                let shown = path.display().to_string();
                DesignWords::Table { table: points(&path, &shown, &mut sources, &mut files, console)?, over }
            }
        };
        let out = beside.out.or(out.map(PathBuf::from));
        Ok(Self {
            scenario: folder.join(&scenario.text),
            changes: Changes { variants, sets: set, without },
            design,
            runs: beside.runs.or(runs).unwrap_or(USUAL_RUNS),
            seed: beside.seed.or(seed).unwrap_or(USUAL_SEED),
            threads: beside.threads,
            place: out.unwrap_or_else(|| usual_place(file, None)),
            force: beside.force,
            quiet: beside.quiet,
            json: beside.json,
            plain: beside.plain,
            file: Some(file.to_path_buf()),
            sources,
            files,
        })
    }

    /// Was it read from a file of an experiment?
    pub(super) fn is_file(&self) -> bool {
        self.file.is_some()
    }

    /// The word of the design.
    pub(super) fn design_word(&self) -> &'static str {
        match self.design {
            DesignWords::Grid(_) => "grid",
            DesignWords::LatinHypercube(_) => "lhs",
            DesignWords::Sobol(_) => "sobol",
            DesignWords::Table { .. } => "points",
        }
    }
}

/// Two designs at once, or one flag that the design has no use for.
fn one_design(request: &SweepRequest) -> Result<(), Failure> {
    let given = [
        ("--grid", !request.grid.is_empty()),
        ("--lhs", request.lhs.is_some()),
        ("--sobol", request.sobol.is_some()),
        ("--points", request.points.is_some()),
    ];
    let given: Vec<&str> = given.iter().filter(|(_, given)| *given).map(|(flag, _)| *flag).collect();
    if let [first, second, ..] = given[..] {
        return Err(Failure::Usage {
            message: format!("`{first}` and `{second}` are two designs"),
            help: Some("give one; several `--grid` together are one design, of every combination".to_owned()),
        });
    }
    if given == ["--grid"] && !request.over.is_empty() {
        return Err(Failure::Usage {
            message: "`--over` does not go with `--grid`, which names its parameters itself".to_owned(),
            help: Some("leave `--over` out".to_owned()),
        });
    }
    Ok(())
}

/// A word of the command as a text with places.
fn word(sources: &mut Sources, flag: &str, word: &str) -> Text {
    let source = sources.add(flag, word);
    let span = Span { source, start: 0, end: word.len() as u32 };
    Text { text: word.to_owned(), span, offsets: (0..=word.len() as u32).collect() }
}

/// Reads a table of points.
fn points(
    path: &Path,
    shown: &str,
    sources: &mut Sources,
    files: &mut Vec<SourceId>,
    console: &Console,
) -> Result<DataTable, Failure> {
    let text = read_text(&Disk, path, shown, MAX_CSV_BYTES).map_err(|error| told_file(&error, sources, console))?;
    let source = sources.add(shown, text.clone());
    files.push(source);
    let mut found = Vec::new();
    let table = read_table(source, &text, &mut found);
    if found.is_empty() {
        return Ok(table);
    }
    super::command::tell(&found, sources, console);
    Err(Failure::Scenario)
}

/// Tells of a file that cannot be read.
fn told_file(error: &Diagnostic, sources: &Sources, console: &Console) -> Failure {
    super::command::tell(std::slice::from_ref(error), sources, console);
    if error.code == Code::UnreadableFile { Failure::ToldFile } else { Failure::Scenario }
}

fn no_changes(changes: &Changes) -> Result<(), Failure> {
    let given = [("--variant", &changes.variants), ("--set", &changes.sets), ("--without", &changes.without)];
    match given.iter().find(|(_, words)| !words.is_empty()) {
        Some((flag, _)) => Err(belongs(flag, &format!("`{flag}` does not go with the file of an experiment"))),
        None => Ok(()),
    }
}

fn belongs(what: &str, message: &str) -> Failure {
    let help = format!("write it into the file, or give {what} with the scenario itself");
    Failure::Usage { message: message.to_owned(), help: Some(help) }
}
