//! The reply in the trainee's own editor: `$VISUAL`, else `$EDITOR`.

use std::fs;
use std::io::{self, Write};
use std::process::{Command, ExitStatus};

/// Why a text does not come back from the editor; what was typed before is kept.
#[derive(Debug, thiserror::Error)]
pub enum EditorError {
    /// `$EDITOR` is no command line.
    #[error("$EDITOR cannot be read as a command: {0}")]
    Command(String),
    /// The program is not there.
    #[error("{0} does not start: {1}. $EDITOR names the editor")]
    Start(String, io::Error),
    /// It said that it failed.
    #[error("{0} ended with {1}; your reply is as it was")]
    Failed(String, ExitStatus),
    /// The file that it works on.
    #[error("the editor's file: {0}")]
    File(#[from] io::Error),
}

/// The editor's command line by the environment, such as `|name| std::env::var(name).ok()`.
pub fn command(get: impl Fn(&str) -> Option<String>) -> String {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(get)
        .find(|command| !command.trim().is_empty())
        .unwrap_or_else(|| if cfg!(windows) { "notepad" } else { "vi" }.to_owned())
}

/// Opens `text` in an editor, waits for its end and returns what it saved, less the line break
/// that editors put last. The caller has given the terminal back.
///
/// # Errors
/// Where the editor cannot be run or fails, or its file cannot be written or read.
pub fn edit(text: &str, command: &str) -> Result<String, EditorError> {
    let mut parts = shlex::split(command)
        .filter(|parts| !parts.is_empty())
        .ok_or_else(|| EditorError::Command(command.to_owned()))?;
    let program = parts.remove(0);
    // A folder of its own, since some editors write aside and rename, and leave copies.
    let folder = tempfile::Builder::new().prefix("rollwith-").tempdir()?;
    let path = folder.path().join("reply.txt");
    let mut file = fs::File::create_new(&path)?;
    file.write_all(text.as_bytes())?;
    drop(file);
    let status = Command::new(&program)
        .args(&parts)
        .arg(&path)
        .status()
        .map_err(|error| EditorError::Start(program.clone(), error))?;
    if !status.success() {
        return Err(EditorError::Failed(program, status));
    }
    let saved = fs::read(&path)?;
    let saved = String::from_utf8_lossy(&saved);
    let saved = saved.strip_suffix('\n').unwrap_or(&saved);
    Ok(saved.strip_suffix('\r').unwrap_or(saved).to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use super::{EditorError, command, edit};

    #[test]
    fn what_the_editor_saves_comes_back() {
        let saved = edit("one", r#"sh -c 'printf " two\n" >> "$1"' sh"#).unwrap();
        assert_eq!(saved, "one two");
    }

    #[test]
    fn a_failing_editor_says_so() {
        assert!(matches!(edit("x", "false"), Err(EditorError::Failed(..))));
        assert!(matches!(edit("x", "'"), Err(EditorError::Command(_))));
        assert!(matches!(edit("x", "no-such-editor-here"), Err(EditorError::Start(..))));
    }

    #[test]
    fn the_environment_names_the_editor() {
        let set = |name: &str| (name == "EDITOR").then(|| "hx".to_owned());
        assert_eq!(command(set), "hx");
        assert_eq!(command(|_| Some(" ".to_owned())), "vi");
    }
}
