//! Packs: every fault has its place, its wording and its remedy; nothing in a file can do harm.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use rollwith::cli::pack::{PackCommand, run};
use rollwith::pack::{
    Checked, Code, Diagnostic, Library, Nature, check_bytes, load, pack_hash, vignette_hash,
};

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/packs")
}

fn fixture(name: &str) -> PathBuf {
    fixtures().join(name).with_extension("yaml")
}

#[test]
fn each_faulty_pack_has_its_one_fault_at_its_place_with_its_remedy() {
    let expected = fs::read_to_string(fixtures().join("expected.txt")).unwrap();
    let mut named = BTreeSet::new();
    for row in expected.lines().filter(|row| !row.starts_with('#')) {
        let [name, code, line, column, message, remedy] =
            row.splitn(6, " | ").collect::<Vec<_>>()[..]
        else {
            panic!("six columns: {row}");
        };
        named.insert(name.to_owned());
        let path = fixture(name);
        let checked = load(&path);
        assert!(checked.pack.is_none(), "{name} loads");
        let [fault] = &checked.diagnostics[..] else {
            panic!("{name}: {:#?}", checked.diagnostics);
        };
        let number = |text: &str| text.parse::<usize>().ok();
        assert_eq!(fault.code.word(), code, "{name}");
        assert_eq!((fault.line, fault.column), (number(line), number(column)), "{name}");
        assert_eq!(fault.message, message, "{name}");
        assert!(fault.remedy.starts_with(remedy), "{name}: {}", fault.remedy);
        assert_eq!(fault.file, path.display().to_string(), "{name}");
    }
    let present: BTreeSet<_> = fixtures()
        .read_dir()
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| !name.starts_with("good-"))
        .collect();
    assert_eq!(named, present, "expected.txt and the fixtures are the same set");
    assert!(named.len() >= 30);
}

#[test]
fn sound_packs_of_every_kind_load_without_a_word() {
    for name in ["resistance", "wordless", "follows", "ambivalent", "duty"] {
        let checked = load(&fixture(&format!("good-{name}")));
        assert_eq!(checked.diagnostics, [], "{name}");
        let pack = checked.pack.unwrap();
        assert_eq!(pack.version, "1.10.0", "a version stays as it is written");
        assert_eq!(pack.vignettes.len(), 1);
    }
    let follows = load(&fixture("good-follows")).pack.unwrap();
    assert_eq!(follows.vignettes[0].resistance.nature, Nature::Follows);
    assert!(follows.vignettes[0].foil.as_ref().unwrap().nature.is_resistance());
    let resistance = load(&fixture("good-resistance")).pack.unwrap();
    assert_eq!(resistance.vignettes[0].foil.as_ref().unwrap().nature, Nature::Follows);
}

#[test]
fn a_fault_is_shown_with_its_line() {
    let shown = load(&fixture("unknown-level")).diagnostics[0].render(false);
    let path = fixture("unknown-level").display().to_string();
    for part in [
        "error[unknown-word]: `level` cannot be \"beginer\"",
        &format!("{path}:12:12"),
        "12 |     level: beginer",
        "   |            ^^^^^^^",
        "Did you mean `beginner`?",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'));
    assert!(load(&fixture("unknown-level")).diagnostics[0].render(true).contains('\u{1b}'));
    let hostile = load(&fixture("control-character")).diagnostics[0].render(false);
    assert!(!hostile.contains('\u{1b}'), "{hostile:?}");
}

#[test]
fn many_faults_are_found_in_one_run_and_in_order() {
    let text = fs::read_to_string(fixture("good-resistance")).unwrap();
    let text = text
        .replace("version: 1.10.0", "version: one")
        .replace("level: beginner", "level: hard")
        .replace("intensity: 2", "intensity: 9\n    colour: red")
        .replace("stance: mixed", "stance: vague")
        .replace(", why: \"A push.\"", "");
    let codes: Vec<_> = faults(&check_bytes("many.yaml", text.as_bytes()));
    assert_eq!(
        codes,
        [
            (Code::Version, Some(5)),
            (Code::UnknownWord, Some(12)),
            (Code::OutOfRange, Some(19)),
            (Code::UnknownField, Some(20)),
            (Code::MissingField, Some(26)),
            (Code::UnknownWord, Some(27)),
        ]
    );
}

fn faults(checked: &Checked) -> Vec<(Code, Option<usize>)> {
    checked.diagnostics.iter().map(|fault| (fault.code, fault.line)).collect()
}

#[test]
fn a_flood_of_faults_is_cut_short_and_counted() {
    let good = fs::read_to_string(fixture("good-resistance")).unwrap();
    let vignette = &good[good.find("  - id:").unwrap()..];
    let bad: String = (0..300)
        .map(|i| vignette.replace("tape-did-nothing", &format!("v{i}")).replace("beginner", "x"))
        .collect();
    let text = format!("{}{bad}", &good[..good.find("  - id:").unwrap()]);
    let checked = check_bytes("flood.yaml", text.as_bytes());
    assert_eq!(checked.diagnostics.len(), 201);
    assert_eq!(checked.diagnostics[200].message, "100 more faults are not shown");
}

#[test]
fn a_folder_is_one_pack() {
    let folder = tempfile::tempdir().unwrap();
    let good = fs::read_to_string(fixture("good-resistance")).unwrap();
    let (head, vignettes) = good.split_at(good.find("vignettes:").unwrap());
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("b.yaml", &format!("format: 1\n{vignettes}"));
    assert_eq!(faults(&load(folder.path())), [(Code::PackLayout, None)], "no pack.yaml");
    write("pack.yaml", head);
    write(
        "a.yaml",
        &format!("format: 1\n{}", vignettes.replace("tape-did", "first").replace("Three", "Two")),
    );
    let pack = load(folder.path()).pack.unwrap();
    let ids: Vec<_> = pack.vignettes.iter().map(|vignette| vignette.id.as_str()).collect();
    assert_eq!(ids, ["first-nothing", "tape-did-nothing"], "by the names of the files");

    write("c.yaml", &good);
    let found = faults(&load(folder.path()));
    assert_eq!(found, [(Code::PackLayout, Some(2)), (Code::DuplicateId, Some(11))]);
    fs::rename(folder.path().join("c.yaml"), folder.path().join("c.yml")).unwrap();
    assert_eq!(faults(&load(folder.path())), [(Code::PackLayout, None)], ".yml is not read");
}

#[test]
fn a_clip_must_lie_beside_the_pack_and_be_of_a_size_to_open() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("small.yaml");
    let good = fs::read_to_string(fixture("good-resistance")).unwrap();
    fs::write(&file, good.replace("tone: flat", "media: dana.mp4\n    media_first: true")).unwrap();
    let clip = fs::File::create(folder.path().join("dana.mp4")).unwrap();
    let pack = load(&file).pack.unwrap();
    assert_eq!(pack.vignettes[0].media.as_deref(), Some("dana.mp4"));
    assert!(pack.vignettes[0].media_first);
    clip.set_len(200_000_001).unwrap();
    let checked = load(&file);
    assert_eq!(checked.diagnostics[0].message, "\"dana.mp4\" is over 200 MB");
}

#[cfg(unix)]
#[test]
fn a_clip_may_not_be_a_link_out_of_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let outside = tempfile::NamedTempFile::new().unwrap();
    let file = folder.path().join("small.yaml");
    let good = fs::read_to_string(fixture("good-resistance")).unwrap();
    fs::write(&file, good.replace("tone: flat", "media: dana.mp4")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("dana.mp4")).unwrap();
    assert_eq!(faults(&load(&file)), [(Code::Media, Some(18))]);
}

#[test]
fn files_that_would_hurt_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("big.yaml");
    fs::write(&file, vec![b'#'; 8 * 1024 * 1024 + 1]).unwrap();
    assert_eq!(faults(&load(&file)), [(Code::TooLarge, None)]);
    assert_eq!(faults(&load(&folder.path().join("none.yaml"))), [(Code::Unreadable, None)]);

    let bomb = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\nd: [*c, *c, *c]\n";
    assert!(faults(&check_bytes("bomb.yaml", bomb.as_bytes())).contains(&(Code::Alias, Some(1))));
    let tiny = format!("a: [{}]", "1,".repeat(20_000));
    assert_eq!(
        faults(&check_bytes("tiny.yaml", tiny.as_bytes())),
        [(Code::TooManyValues, Some(1))]
    );
    for deep in ["[", "{a: ", "- ", "? "] {
        let text = deep.repeat(50_000);
        assert_eq!(check_bytes("deep.yaml", text.as_bytes()).diagnostics[0].code, Code::TooDeep);
    }
}

#[test]
fn a_faulty_installed_pack_is_reported_and_the_others_load() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(Library::open(home.path()).diagnostics(), [], "no packs folder is no fault");
    let packs = home.path().join("packs");
    fs::create_dir(&packs).unwrap();
    fs::copy(fixture("good-duty"), packs.join("duty.yaml")).unwrap();
    fs::copy(fixture("unknown-level"), packs.join("broken.yaml")).unwrap();
    fs::copy(fixture("good-follows"), packs.join("twin.yaml")).unwrap();
    let form = fs::read_to_string(fixture("good-ambivalent")).unwrap();
    let form = form
        .replace("id: small", "id: form-a")
        .replace("  about:", "  assessment_form: A\n  about:");
    fs::write(packs.join("form.yaml"), form).unwrap();

    let library = Library::open(home.path());
    let codes: Vec<_> = library.diagnostics().iter().map(|fault| fault.code).collect();
    assert_eq!(codes, [Code::UnknownWord, Code::DuplicateId], "one broken, two with one id");
    let ids: Vec<_> = library.packs().iter().map(|shelved| shelved.pack.id.as_str()).collect();
    assert_eq!(ids, ["foundations", "small", "form-a"]);
    let practised: Vec<_> = library.practice().map(|pack| pack.id.as_str()).collect();
    assert_eq!(practised, ["foundations", "small"], "assessment forms stay out of practice");
    assert!(library.vignette("small", "tape-did-nothing").unwrap().duty);
}

#[test]
fn a_hash_changes_with_any_word_and_with_nothing_else() {
    let text = fs::read_to_string(fixture("good-resistance")).unwrap();
    let read = |text: &str| check_bytes("small.yaml", text.as_bytes()).pack.unwrap();
    let first = read(&text);
    assert_eq!(vignette_hash(&first.vignettes[0]).len(), 64);
    let respaced = read(&text.replace("tone: flat", "tone:   'flat' # quietly"));
    assert_eq!(pack_hash(&first), pack_hash(&respaced));
    let reworded = read(&text.replace("Names the cost.", "Names the price."));
    assert_ne!(vignette_hash(&first.vignettes[0]), vignette_hash(&reworded.vignettes[0]));
    assert_ne!(pack_hash(&first), pack_hash(&reworded));
}

fn command(command: &PackCommand, home: &Path) -> (anyhow::Result<u8>, String) {
    let mut out = Vec::new();
    let code = run(command, home, &mut out, false);
    (code, String::from_utf8(out).expect("what is printed is text"))
}

#[test]
fn check_answers_with_its_exit_code() {
    let home = tempfile::tempdir().unwrap();
    let check = |packs: &[String], json| {
        command(&PackCommand::Check { packs: packs.to_vec(), json }, home.path())
    };
    let (code, shown) = check(&[], false);
    assert_eq!(code.unwrap(), 0);
    assert!(shown.starts_with("foundations: fine"), "{shown}");
    let path = fixture("unknown-level").display().to_string();
    let (code, shown) = check(&[path.clone(), "foundations".to_owned()], true);
    assert_eq!(code.unwrap(), 1);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    let fault = &shown["diagnostics"][0];
    assert_eq!(fault["severity"], "error");
    assert_eq!(fault["code"], "unknown-word");
    assert_eq!((&fault["line"], &fault["column"]), (&12.into(), &12.into()));
    assert_eq!(fault["file"], path.as_str());
    assert_eq!(shown["packs"][1]["errors"], 0);
    let (code, shown) = check(&["nowhere.yaml".to_owned()], false);
    assert!(code.unwrap_err().to_string().contains("nowhere.yaml"));
    assert_eq!(shown, "");
}

#[test]
fn list_and_show_say_what_is_there() {
    let home = tempfile::tempdir().unwrap();
    let packs = home.path().join("packs");
    fs::create_dir(&packs).unwrap();
    fs::copy(fixture("good-resistance"), packs.join("small.yaml")).unwrap();
    fs::copy(fixture("unknown-level"), packs.join("broken.yaml")).unwrap();
    let (code, shown) = command(&PackCommand::List { json: false }, home.path());
    assert_eq!(code.unwrap(), 0);
    assert!(shown.contains("foundations  Foundations  (1."), "{shown}");
    assert!(shown.contains("broken.yaml: left out, 1 fault;"), "{shown}");
    let (_, shown) = command(&PackCommand::List { json: true }, home.path());
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["packs"][1]["id"], "small");
    assert_eq!(shown["faulty"][0], "broken");

    let show =
        |name: &str, json| command(&PackCommand::Show { name: name.to_owned(), json }, home.path());
    let (_, shown) = show("small", false);
    assert!(shown.contains("tape-did-nothing  resistance (content); anxiety, homework"), "{shown}");
    let (_, shown) = show("small/tape-did-nothing", false);
    for part in [
        "Dana: (looks at the floor) Three weeks of it",
        "resistance (content), pessimism: She opposes the tape.",
        "[supportive, model] Three weeks, and nothing to show.\n    Names the cost.",
        "The same words after: How did the tape go?",
        "After a supportive reply: And evenings",
    ] {
        assert!(shown.contains(part), "{part} in\n{shown}");
    }
    let (_, shown) = show("small/tape-did-nothing", true);
    let shown: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(shown["vignette"]["replies"][0]["stance"], "supportive");
    for (name, said) in [
        ("nothing", "no pack \"nothing\" here; there are: foundations, small"),
        ("broken", "`rollwith pack check broken` shows them"),
        ("small/other", "no vignette \"other\" in small"),
    ] {
        assert!(show(name, false).0.unwrap_err().to_string().contains(said), "{name}");
    }
}

/// What holds of whatever was read: it ends, each fault points into the file and can be shown.
fn assert_sane(bytes: &[u8]) -> Result<(), TestCaseError> {
    let checked = check_bytes("some.yaml", bytes);
    prop_assert_eq!(checked.pack.is_some(), !checked.diagnostics.iter().any(Diagnostic::is_error));
    let breaks = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    for fault in &checked.diagnostics {
        prop_assert!(fault.line.is_none_or(|line| (1..=breaks + 2).contains(&line)), "{:?}", fault);
        let shown = fault.render(false);
        prop_assert!(
            !shown.chars().any(|c| c != '\n' && rollwith::text::is_unsafe(c)),
            "{shown:?}"
        );
        prop_assert!(shown.contains(&fault.place()), "{} in {}", fault.place(), shown);
    }
    Ok(())
}

/// Bits that YAML and the rules take as special.
const BITS: &[&str] = &[
    "\n",
    "\r",
    "  ",
    "\t",
    "- ",
    ": ",
    "? ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\"",
    "'",
    "|\n",
    ">\n",
    "#",
    "&a",
    "*a",
    "!!str ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "~",
    "\u{feff}",
    "\u{202e}",
    "\u{1b}",
    "\u{0}",
    "é",
    "👩‍👩‍👧",
    "resistance",
    "none",
    "duty: true",
    "form: content",
    "<<: *a",
    "\\",
    "0x1",
    "1.10",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn arbitrary_bytes_do_no_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        assert_sane(&bytes)?;
    }

    #[test]
    fn arbitrary_yaml_like_text_does_no_harm(
        bits in proptest::collection::vec(proptest::sample::select(BITS), 0..80),
    ) {
        assert_sane(bits.concat().as_bytes())?;
    }

    #[test]
    fn mutated_packs_do_no_harm(
        kind in proptest::sample::select(&["resistance", "follows", "ambivalent", "duty"][..]),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..40_usize, proptest::sample::select(BITS)), 1..6),
    ) {
        let mut text = fs::read(fixture(&format!("good-{kind}"))).unwrap();
        for (at, length, bit) in cuts {
            let start = at.index(text.len() + 1);
            let end = (start + length).min(text.len());
            text.splice(start..end, bit.bytes());
        }
        assert_sane(&text)?;
    }
}
