//! `rollwith pack`: the vignette packs at hand, and what is wrong with one.

use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, Subcommand};
use serde_json::json;

use crate::pack::{
    Checked, Diagnostic, Level, Nature, Origin, Pack, Reply, Shelved, Vignette, check_each, load,
    origins, pack_hash, vignette_hash,
};
use crate::text::neutralise;

/// Arguments of `rollwith pack`.
#[derive(Debug, Args)]
pub struct PackArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: PackCommand,
}

/// What can be done with packs.
#[derive(Debug, Subcommand)]
pub enum PackCommand {
    /// List the packs at hand, built in and installed
    List {
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Show a pack, or one of its vignettes with its replies and their whys
    Show {
        /// A pack's id, or PACK/VIGNETTE
        #[arg(value_name = "PACK[/VIGNETTE]")]
        name: String,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Check packs for faults; all at hand when none is named
    Check {
        /// Files, folders, or ids of packs at hand
        #[arg(value_name = "PATH|ID")]
        packs: Vec<String>,
        /// Print one JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Runs a command on the packs built in and those under `<home>/packs`, and gives the exit code:
/// 0 done, 1 a check found faults. `colour` is for a terminal that wants it.
///
/// # Errors
/// What was asked for is not there, or `out` cannot be written to.
pub fn run(
    command: &PackCommand,
    home: &Path,
    out: &mut dyn Write,
    colour: bool,
) -> anyhow::Result<u8> {
    match command {
        PackCommand::List { json } => list(home, out, colour, *json),
        PackCommand::Show { name, json } => show(home, out, name, *json),
        PackCommand::Check { packs, json } => check(home, out, packs, colour, *json),
    }
}

fn list(home: &Path, out: &mut dyn Write, colour: bool, json: bool) -> anyhow::Result<u8> {
    let (origins, fault) = origins(home);
    let checked = check_each(origins);
    let packs =
        checked.iter().filter_map(|(origin, checked)| Some((origin, checked.pack.as_ref()?)));
    let faulty: Vec<_> = checked.iter().filter(|(_, checked)| checked.pack.is_none()).collect();
    if json {
        let packs: Vec<_> = packs.map(|(origin, pack)| summary(origin, pack)).collect();
        let faulty: Vec<_> = faulty.iter().map(|(origin, _)| origin.name()).collect();
        document(out, &json!({ "packs": packs, "faulty": faulty }))?;
        return Ok(0);
    }
    let packs: Vec<_> = packs.collect();
    let width = packs.iter().map(|(_, pack)| pack.id.len()).max().unwrap_or_default();
    for (origin, pack) in packs {
        let id = &pack.id;
        let count = plural(pack.vignettes.len(), "vignette");
        let mut notes = vec![pack.version.clone(), pack.language.clone(), count, place(origin)];
        if let Some(form) = pack.assessment_form {
            notes.push(format!("assessment form {form}, never in practice"));
        }
        writeln!(out, "{id:width$}  {}  ({})", pack.title, notes.join(", "))?;
    }
    for (origin, checked) in faulty {
        let errors = plural(checked.errors(), "fault");
        let name = argument(origin);
        writeln!(out, "{name}: left out, {errors}; `rollwith pack check {name}` shows them")?;
    }
    if let Some(fault) = fault {
        writeln!(out, "{}", fault.render(colour))?;
    }
    Ok(0)
}

/// A pack without its vignettes, for JSON.
fn summary(origin: &Origin, pack: &Pack) -> serde_json::Value {
    json!({
        "id": pack.id,
        "title": pack.title,
        "version": pack.version,
        "language": pack.language,
        "licence": pack.licence,
        "authors": pack.authors,
        "about": pack.about,
        "assessment_form": pack.assessment_form,
        "vignettes": pack.vignettes.len(),
        "built_in": matches!(origin, Origin::BuiltIn(_)),
        "sha256": pack_hash(pack),
    })
}

fn show(home: &Path, out: &mut dyn Write, name: &str, json: bool) -> anyhow::Result<u8> {
    let (id, vignette) = match name.split_once('/') {
        Some((pack, vignette)) => (pack, Some(vignette)),
        None => (name, None),
    };
    let shelved = find(home, id)?;
    let pack = &shelved.pack;
    let Some(wanted) = vignette else {
        if json {
            document(out, &json!({ "pack": pack, "sha256": pack_hash(pack) }))?;
        } else {
            show_pack(out, &shelved)?;
        }
        return Ok(0);
    };
    let Some(vignette) = pack.vignettes.iter().find(|vignette| vignette.id == wanted) else {
        bail!("no vignette \"{wanted}\" in {id}: `rollwith pack show {id}` lists them");
    };
    if json {
        let hash = vignette_hash(vignette);
        document(out, &json!({ "pack": pack.id, "vignette": vignette, "sha256": hash }))?;
    } else {
        show_vignette(out, vignette)?;
    }
    Ok(0)
}

/// The pack of that id, with what is wrong where it is there and faulty.
fn find(home: &Path, id: &str) -> anyhow::Result<Shelved> {
    let (origins, _) = origins(home);
    let mut known = Vec::new();
    let mut faulty = false;
    for (origin, checked) in check_each(origins) {
        match checked.pack {
            Some(pack) if pack.id == id => return Ok(Shelved { pack, origin }),
            Some(pack) => known.push(pack.id),
            None => faulty |= origin.name() == id,
        }
    }
    if faulty {
        bail!("the pack {id} has faults: `rollwith pack check {id}` shows them");
    }
    bail!("no pack \"{id}\" here; there are: {}", known.join(", "));
}

fn show_pack(out: &mut dyn Write, Shelved { pack, origin }: &Shelved) -> std::io::Result<()> {
    writeln!(out, "{} ({})", pack.title, pack.id)?;
    writeln!(out, "version {}, {}, {}", pack.version, pack.language, place(origin))?;
    if let Some(about) = &pack.about {
        writeln!(out, "{about}")?;
    }
    if !pack.authors.is_empty() {
        writeln!(out, "by {}", pack.authors.join(", "))?;
    }
    if let Some(licence) = &pack.licence {
        writeln!(out, "licence {licence}")?;
    }
    if let Some(form) = pack.assessment_form {
        writeln!(out, "assessment form {form}: its vignettes never appear in practice")?;
    }
    for level in Level::ALL {
        let at_level: Vec<_> = pack.vignettes.iter().filter(|v| v.level == *level).collect();
        if at_level.is_empty() {
            continue;
        }
        writeln!(out, "\n{level}")?;
        let width = at_level.iter().map(|vignette| vignette.id.len()).max().unwrap_or_default();
        for vignette in at_level {
            let kind = kind(vignette);
            writeln!(out, "  {:width$}  {kind}; {}", vignette.id, vignette.topics.join(", "))?;
        }
    }
    writeln!(out, "\n`rollwith pack show {}/VIGNETTE` shows one with its replies.", pack.id)
}

fn kind(vignette: &Vignette) -> String {
    let nature = nature(vignette.resistance.nature);
    if vignette.duty { format!("duty, {nature}") } else { nature }
}

fn nature(nature: Nature) -> String {
    match nature {
        Nature::Resistance(form) => format!("resistance ({form})"),
        Nature::Follows => "no resistance (follows)".to_owned(),
        Nature::Ambivalent => "no resistance (ambivalent)".to_owned(),
    }
}

fn show_vignette(out: &mut dyn Write, vignette: &Vignette) -> std::io::Result<()> {
    writeln!(out, "{} ({}; {})", vignette.id, vignette.level, vignette.topics.join(", "))?;
    if let Some(setting) = &vignette.setting {
        writeln!(out, "{setting}")?;
    }
    let client = &vignette.client;
    match &client.about {
        Some(about) => writeln!(out, "{}: {about}", client.name)?,
        None => writeln!(out, "{}", client.name)?,
    }
    writeln!(out, "\nTherapist: {}", vignette.direction)?;
    writeln!(out, "{}: {}", client.name, vignette.client_turn())?;
    let how = [
        vignette.tone.as_ref().map(|tone| format!("said: {tone}")),
        vignette.intensity.map(|intensity| format!("intensity {intensity} of 5")),
        vignette.media.as_ref().map(|media| format!("clip: {media}")),
    ];
    let how: Vec<_> = how.into_iter().flatten().collect();
    if !how.is_empty() {
        writeln!(out, "({})", how.join("; "))?;
    }
    let resistance = &vignette.resistance;
    match resistance.manner {
        Some(manner) => write!(out, "\n{}, {}: ", kind(vignette), manner.word().replace('_', " "))?,
        None => write!(out, "\n{}: ", kind(vignette))?,
    }
    writeln!(out, "{}", resistance.why)?;
    if let Some(foil) = &vignette.foil {
        writeln!(out, "\nThe same words after: {}", foil.direction)?;
        writeln!(out, "{}: {}", nature(foil.nature), foil.why)?;
    }
    writeln!(out)?;
    for (what, heard) in
        [("Feelings", &vignette.heard.feelings), ("Meanings", &vignette.heard.meanings)]
    {
        if !heard.is_empty() {
            writeln!(out, "{what} that may be heard: {}", heard.join("; "))?;
        }
    }
    for reply in &vignette.replies {
        show_reply(out, reply)?;
    }
    if let Some(then) = &vignette.then {
        writeln!(out)?;
        for (after, said) in [("supportive", &then.supportive), ("directive", &then.directive)] {
            if let Some(said) = said {
                writeln!(out, "After a {after} reply: {said}")?;
            }
        }
    }
    Ok(())
}

fn show_reply(out: &mut dyn Write, reply: &Reply) -> std::io::Result<()> {
    let stance = reply.stance.word().replace('_', " ");
    let model = if reply.model { ", model" } else { "" };
    writeln!(out, "\n[{stance}{model}] {}\n    {}", reply.text, reply.why)
}

fn check(
    home: &Path,
    out: &mut dyn Write,
    named: &[String],
    colour: bool,
    json: bool,
) -> anyhow::Result<u8> {
    let (at_hand, fault) = origins(home);
    let (checked, loose): (Vec<(Origin, Checked)>, _) = if named.is_empty() {
        (check_each(at_hand), fault)
    } else {
        let mut checked = Vec::new();
        for name in named {
            checked.push(named_pack(name, &at_hand)?);
        }
        (checked, None)
    };
    let diagnostics = || {
        let listed = checked.iter().flat_map(|(_, checked)| &checked.diagnostics);
        listed.chain(&loose)
    };
    let errors = diagnostics().filter(|diagnostic| diagnostic.is_error()).count();
    if json {
        let packs: Vec<_> =
            checked.iter().map(|(origin, checked)| outcome(origin, checked)).collect();
        let diagnostics: Vec<_> = diagnostics().collect();
        document(out, &json!({ "packs": packs, "diagnostics": diagnostics }))?;
    } else {
        for diagnostic in diagnostics() {
            writeln!(out, "{}\n", diagnostic.render(colour))?;
        }
        conclusion(out, &checked, diagnostics(), errors)?;
    }
    Ok(u8::from(errors > 0))
}

/// A pack named on the command line: a path, else the id of one at hand.
fn named_pack(name: &str, at_hand: &[Origin]) -> anyhow::Result<(Origin, Checked)> {
    let path = PathBuf::from(name);
    if path.exists() {
        let checked = load(&path);
        return Ok((Origin::Installed(path), checked));
    }
    let looks_like_path = path.extension().is_some() || path.components().count() > 1;
    let mut by_name = at_hand.iter().filter(|_| !looks_like_path);
    let found =
        by_name.clone().find(|origin| origin.name() == name).map(|origin| (origin, origin.load()));
    // A pack may have been installed under another name than its id.
    let found = found.or_else(|| {
        by_name.find_map(|origin| {
            let checked = origin.load();
            let is_it = checked.pack.as_ref().is_some_and(|pack| pack.id == name);
            is_it.then_some((origin, checked))
        })
    });
    found.map(|(origin, checked)| (origin.clone(), checked)).with_context(|| {
        format!("there is no file, folder or pack \"{name}\"; `rollwith pack list` shows the packs")
    })
}

fn outcome(origin: &Origin, checked: &Checked) -> serde_json::Value {
    json!({
        "name": argument(origin),
        "id": checked.pack.as_ref().map(|pack| &pack.id),
        "vignettes": checked.pack.as_ref().map(|pack| pack.vignettes.len()),
        "errors": checked.errors(),
    })
}

fn conclusion<'d>(
    out: &mut dyn Write,
    checked: &[(Origin, Checked)],
    diagnostics: impl Iterator<Item = &'d Diagnostic>,
    errors: usize,
) -> std::io::Result<()> {
    for (origin, checked) in checked {
        let name = argument(origin);
        match &checked.pack {
            Some(pack) => {
                writeln!(out, "{name}: fine, {}", plural(pack.vignettes.len(), "vignette"))?;
            }
            None => writeln!(out, "{name}: {}", plural(checked.errors(), "fault"))?,
        }
    }
    let advice = diagnostics.count() - errors;
    if advice > 0 {
        let them = if advice == 1 { "1 piece".to_owned() } else { format!("{advice} pieces") };
        writeln!(out, "{them} of advice, which keeps no pack from being used")?;
    }
    Ok(())
}

fn place(origin: &Origin) -> String {
    match origin {
        Origin::BuiltIn(_) => "built in".to_owned(),
        Origin::Installed(_) => argument(origin),
    }
}

/// What to give to `pack check` so as to check it again.
fn argument(origin: &Origin) -> String {
    match origin {
        Origin::BuiltIn(id) => (*id).to_owned(),
        Origin::Installed(path) => neutralise(&path.display().to_string()),
    }
}

fn plural(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

fn document(out: &mut dyn Write, value: &serde_json::Value) -> anyhow::Result<()> {
    // As an error of reading or writing, so that a closed pipe is known for one.
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
