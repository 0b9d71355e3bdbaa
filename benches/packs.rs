//! Packs: loading the built-in ones (part of the 20 ms to the first frame), and checking 10,000
//! vignettes in ten files (budget: 2 s).

use std::fs;
use std::path::{Path, PathBuf};

use rollwith::pack::{Library, load};

fn main() {
    divan::main();
}

#[divan::bench]
fn built_in() -> Library {
    Library::built_in()
}

#[divan::bench(sample_count = 5)]
fn check_10_000_in_ten_files(bencher: divan::Bencher) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    write_large_pack(folder.path()).expect("the temporary folder can be written to");
    bencher.bench(|| {
        let pack = load(folder.path()).pack.expect("the large pack is without fault");
        assert_eq!(pack.vignettes.len(), 10_000);
    });
}

/// The beginner's vignettes of *foundations* over and over, each time with other ids and words.
fn write_large_pack(folder: &Path) -> std::io::Result<()> {
    let source = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("vignettes/foundations");
    fs::copy(source.join("pack.yaml"), folder.join("pack.yaml"))?;
    let text = fs::read_to_string(source.join("beginner.yaml"))?;
    let vignettes: Vec<_> = text.split("  - id: ").skip(1).collect();
    for file in 0..10 {
        let mut large = "format: 1\nvignettes:\n".to_owned();
        for number in 0..1000 {
            let again = vignettes[number % vignettes.len()].replacen(
                "direction: \"",
                &format!("direction: \"{file} {number} "),
                1,
            );
            large.extend(["  - id: n", &format!("{file}-{number}-"), &again, "\n"]);
        }
        fs::write(folder.join(format!("part-{file}.yaml")), large)?;
    }
    Ok(())
}
