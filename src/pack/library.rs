//! The packs at hand: those built in, and those installed beside a person's data.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::built_in::{BUILT_IN, BuiltIn};
use super::diagnostic::{Code, Diagnostic};
use super::load::{Checked, load, load_embedded};
use super::model::{AssessmentForm, Pack, Vignette};

/// Where a pack comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Embedded in the program.
    BuiltIn(&'static str),
    /// A file or folder under `<home>/packs`.
    Installed(PathBuf),
}

impl Origin {
    /// The name it can be asked for by before it is read: of a folder or file, its stem.
    pub fn name(&self) -> String {
        match self {
            Self::BuiltIn(id) => (*id).to_owned(),
            Self::Installed(path) => {
                path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
            }
        }
    }

    /// Reads and checks it.
    pub fn load(&self) -> Checked {
        match self {
            Self::BuiltIn(id) => match BUILT_IN.iter().find(|pack| pack.id == *id) {
                Some(BuiltIn { id, files }) => load_embedded(id, files),
                None => Checked { pack: None, diagnostics: Vec::new() },
            },
            Self::Installed(path) => load(path),
        }
    }
}

/// A pack and where it comes from.
#[derive(Clone, Debug)]
pub struct Shelved {
    /// The pack.
    pub pack: Pack,
    /// Where it comes from.
    pub origin: Origin,
}

/// The packs that can be used, and what is wrong with those that cannot.
#[derive(Clone, Debug, Default)]
pub struct Library {
    packs: Vec<Shelved>,
    diagnostics: Vec<Diagnostic>,
}

impl Library {
    /// The built-in packs alone.
    pub fn built_in() -> Self {
        Self::shelve(check_each(built_in_origins()))
    }

    /// The built-in packs and those under `<home>/packs`. A faulty pack is reported and left out.
    pub fn open(home: &Path) -> Self {
        let (origins, fault) = origins(home);
        let mut library = Self::shelve(check_each(origins));
        library.diagnostics.extend(fault);
        library
    }

    fn shelve(checked: Vec<(Origin, Checked)>) -> Self {
        let mut library = Self::default();
        for (origin, checked) in checked {
            library.diagnostics.extend(checked.diagnostics);
            library.packs.extend(checked.pack.map(|pack| Shelved { pack, origin }));
        }
        library
    }

    /// Every pack, the built-in ones first.
    pub fn packs(&self) -> &[Shelved] {
        &self.packs
    }

    /// The packs that practice draws on: all but assessment forms.
    pub fn practice(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter().map(|shelved| &shelved.pack).filter(|pack| !pack.is_assessment())
    }

    /// The packs of an assessment form.
    pub fn assessment(&self, form: AssessmentForm) -> impl Iterator<Item = &Pack> {
        let packs = self.packs.iter().map(|shelved| &shelved.pack);
        packs.filter(move |pack| pack.assessment_form == Some(form))
    }

    /// The pack of that id.
    pub fn pack(&self, id: &str) -> Option<&Shelved> {
        self.packs.iter().find(|shelved| shelved.pack.id == id)
    }

    /// A vignette by its pack's id and its own.
    pub fn vignette(&self, pack: &str, id: &str) -> Option<&Arc<Vignette>> {
        self.pack(pack)?.pack.vignettes.iter().find(|vignette| vignette.id == id)
    }

    /// Everything found while loading: errors, each of a pack left out, and advice.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

/// Every pack at hand, not yet read: built in, then installed by name; and what kept the folder
/// from being listed, if anything did.
pub fn origins(home: &Path) -> (Vec<Origin>, Option<Diagnostic>) {
    let mut origins = built_in_origins();
    let folder = home.join("packs");
    let listed = match folder.read_dir() {
        Ok(entries) => entries.map(|entry| entry.map(|entry| entry.path())).collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    };
    let mut paths: Vec<PathBuf> = match listed {
        Ok(paths) => paths,
        Err(error) => {
            let fault = Diagnostic::of_file(
                Code::Unreadable,
                &folder.display().to_string(),
                format!("the folder of installed packs cannot be read: {error}"),
                "Check who may read it.".to_owned(),
            );
            return (origins, Some(fault));
        }
    };
    paths.retain(|path| {
        let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
        let yaml = path.extension().is_some_and(|extension| extension == "yaml");
        !hidden && (yaml || path.is_dir())
    });
    paths.sort();
    origins.extend(paths.into_iter().map(Origin::Installed));
    (origins, None)
}

fn built_in_origins() -> Vec<Origin> {
    BUILT_IN.iter().map(|pack| Origin::BuiltIn(pack.id)).collect()
}

/// Loads packs that are to stand side by side: of two with one id the later is a fault.
pub fn check_each(origins: Vec<Origin>) -> Vec<(Origin, Checked)> {
    let mut ids: HashMap<String, Origin> = HashMap::new();
    let read = |origin: Origin| {
        let checked = origin.load();
        (origin, checked)
    };
    let mut checked: Vec<_> = origins.into_iter().map(read).collect();
    for (origin, checked) in &mut checked {
        let Some(pack) = &checked.pack else { continue };
        let Some(first) = ids.insert(pack.id.clone(), origin.clone()) else { continue };
        let other = match &first {
            Origin::BuiltIn(_) => "a built-in pack".to_owned(),
            Origin::Installed(path) => path.display().to_string(),
        };
        let file = match &origin {
            Origin::BuiltIn(id) => (*id).to_owned(),
            Origin::Installed(path) => path.display().to_string(),
        };
        checked.diagnostics.push(Diagnostic::of_file(
            Code::DuplicateId,
            &file,
            format!("the pack id \"{}\" is taken by {other}", pack.id),
            "Give this pack an id of its own, or remove one of the two.".to_owned(),
        ));
        ids.insert(pack.id.clone(), first);
        checked.pack = None;
    }
    checked
}

/// SHA-256, in hexadecimal, of a vignette's content as JSON: what an attempt remembers it by.
pub fn vignette_hash(vignette: &Vignette) -> String {
    hash(vignette)
}

/// SHA-256, in hexadecimal, of a pack's content as JSON, its vignettes among it.
pub fn pack_hash(pack: &Pack) -> String {
    hash(pack)
}

fn hash(content: &impl serde::Serialize) -> String {
    let json = serde_json::to_vec(content).expect("no map in a pack has a key that is not text");
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(json) {
        use std::fmt::Write as _;
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
