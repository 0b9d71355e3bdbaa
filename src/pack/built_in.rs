//! The packs that come with the program, embedded in it.

/// A pack's folder under `vignettes/`: its name, and its files with the head first.
pub(super) struct BuiltIn {
    pub(super) id: &'static str,
    pub(super) files: &'static [(&'static str, &'static str)],
}

macro_rules! pack {
    ($id:literal: $($file:literal),+ $(,)?) => {
        BuiltIn {
            id: $id,
            files: &[$((
                concat!("vignettes/", $id, "/", $file),
                include_str!(concat!("../../vignettes/", $id, "/", $file)),
            )),+],
        }
    };
}

/// Every built-in pack, in the order in which they are shown.
pub(super) const BUILT_IN: &[BuiltIn] =
    &[pack!("foundations": "pack.yaml", "beginner.yaml", "intermediate.yaml", "advanced.yaml")];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::BUILT_IN;

    #[test]
    fn every_file_under_vignettes_is_embedded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vignettes");
        let mut found = BTreeSet::new();
        for pack in folder.read_dir().unwrap() {
            for file in pack.unwrap().path().read_dir().unwrap() {
                let path = file.unwrap().path();
                let name = path.strip_prefix(folder.parent().unwrap()).unwrap();
                found.insert(name.to_str().unwrap().replace('\\', "/"));
            }
        }
        let embedded: BTreeSet<_> = BUILT_IN
            .iter()
            .flat_map(|pack| pack.files)
            .map(|(name, _)| (*name).to_owned())
            .collect();
        assert_eq!(embedded, found);
    }
}
