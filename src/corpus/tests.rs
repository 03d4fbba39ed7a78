use super::*;
use std::fs;
use std::path::Path;

/// A folder with a small corpus in it, and the settings that name it.
fn corpus(files: &[(&str, &str)]) -> (tempfile::TempDir, CorpusSettings) {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let settings =
        CorpusSettings { root: folder.path().into(), paths: vec!["lit".into()], ..CorpusSettings::default() };
    (folder, settings)
}

fn paths(catalog: &Catalog) -> Vec<&str> {
    catalog.sources.iter().map(|source| source.path.as_str()).collect()
}

fn whats(catalog: &Catalog) -> Vec<(&str, &str)> {
    catalog.faults.iter().map(|fault| (fault.path.as_str(), fault.what.as_str())).collect()
}

fn documents(catalog: &Catalog, settings: &CorpusSettings) -> Vec<Document> {
    let mut all = Vec::new();
    for source in &catalog.sources {
        assert_eq!(read(source, settings, &mut |document| all.push(document)), []);
    }
    all
}

#[test]
fn files_are_listed_by_path_with_their_digests_and_hidden_ones_are_not() {
    let (_folder, settings) = corpus(&[
        ("lit/b.txt", "two"),
        ("lit/a/c.txt", "one"),
        ("lit/.git/x.txt", "no"),
        ("lit/~$a.docx", "no"),
        ("o.txt", "no"),
    ]);
    let catalog = scan(&settings);
    assert_eq!(paths(&catalog), ["lit/a/c.txt", "lit/b.txt"]);
    assert_eq!(catalog.faults, []);
    assert_eq!(catalog.sources[0].digest, Digest::of(b"one"));
    assert_eq!(catalog.sources[1].n_bytes, 3);
}

#[test]
fn a_document_is_named_by_its_path_below_the_folder() {
    let (_folder, mut settings) = corpus(&[("lit/x/a.v2.txt", "one"), ("more/b.txt", "two"), ("c.txt", "three")]);
    for lit in ["lit", "./lit/", "lit/**/*.txt"] {
        settings.paths = vec![lit.into(), "more/*.txt".into(), "c.txt".into()];
        let catalog = scan(&settings);
        assert_eq!(paths(&catalog), ["c.txt", "lit/x/a.v2.txt", "more/b.txt"], "{lit}");
        let ids: Vec<String> = documents(&catalog, &settings).into_iter().map(|document| document.id.0).collect();
        assert_eq!(ids, ["c", "x/a.v2", "b"], "{lit}");
    }
    settings.paths = vec![settings.root.join("lit").to_str().unwrap().to_owned()];
    assert_eq!(documents(&scan(&settings), &settings)[0].id.0, "x/a.v2");
    settings.root = settings.root.join("more");
    assert_eq!(documents(&scan(&settings), &settings)[0].id.0, "x/a.v2");
    settings.paths = vec!["../lit".into()];
    assert_eq!(documents(&scan(&settings), &settings)[0].id.0, "x/a.v2");
}

#[test]
fn globs_choose_and_exclude() {
    let (_folder, mut settings) = corpus(&[
        ("lit/a.txt", "1"),
        ("lit/a.md", "2"),
        ("lit/old/b.txt", "3"),
        ("lit/README.md", "4"),
        ("lit/x/y/c.txt", "5"),
    ]);
    settings.exclude = vec!["README.md".into(), "old".into(), "lit/x/**".into()];
    assert_eq!(paths(&scan(&settings)), ["lit/a.md", "lit/a.txt"]);
    settings.exclude.clear();
    settings.paths = vec!["lit/*.txt".into()];
    assert_eq!(paths(&scan(&settings)), ["lit/a.txt"]);
    settings.paths = vec!["lit/**/*.txt".into(), "lit/a.txt".into()];
    assert_eq!(paths(&scan(&settings)), ["lit/a.txt", "lit/old/b.txt", "lit/x/y/c.txt"]);
}

#[test]
fn what_is_missing_is_named_as_the_study_names_it() {
    let (_folder, mut settings) = corpus(&[("lit/a.txt", "1")]);
    settings.paths = vec!["litt".into(), "lit/*.pdf".into(), "lit".into()];
    settings.exclude = vec!["a[".into()];
    let catalog = scan(&settings);
    assert_eq!(paths(&catalog), ["lit/a.txt"]);
    let whats = whats(&catalog);
    assert_eq!(whats[1..], [("lit/*.pdf", "no file matches"), ("litt", "no such file or folder")]);
    assert!(whats[0].1.starts_with("is no glob"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_a_fault_and_never_blocks() {
    use std::os::unix::fs::symlink;
    let (folder, settings) = corpus(&[("lit/a.txt", "1"), ("lit/sub/b.txt", "2"), ("lit/c.pdf/d.txt", "3")]);
    let lit = folder.path().join("lit");
    symlink("nowhere", lit.join("dangling.txt")).unwrap();
    symlink("..", lit.join("sub/loop")).unwrap();
    symlink("/dev/zero", lit.join("zero.txt")).unwrap();
    symlink("sub/b.txt", lit.join("link.txt")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(lit.join("socket.txt")).unwrap();
    let pipe = lit.join("pipe.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let catalog = scan(&settings);
    assert_eq!(paths(&catalog), ["lit/a.txt", "lit/c.pdf/d.txt", "lit/link.txt", "lit/sub/b.txt"]);
    let irregular = "is not a regular file (a pipe, socket or device)";
    let expected = [
        ("lit/c.pdf", "is a folder with the name of a file; what lies in it is read"),
        ("lit/dangling.txt", "is a link that leads nowhere, or was removed"),
        ("lit/pipe.txt", irregular),
        ("lit/socket.txt", irregular),
        ("lit/sub/loop", "is a link to a folder above it"),
        ("lit/zero.txt", irregular),
    ];
    assert_eq!(whats(&catalog), expected);
    assert_eq!(source(&pipe).unwrap_err().what, irregular);
    assert_eq!(source(&lit).unwrap_err().what, "is a folder, not a file");
    assert!(source(Path::new("/no/such")).unwrap_err().what.starts_with("cannot be read: no such file"));
    assert_eq!(source(&lit.join("a.txt")).unwrap().digest, Digest::of(b"1"));
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf_8_is_shown_escaped_and_its_file_is_read() {
    use std::os::unix::ffi::OsStrExt;
    let (folder, settings) = corpus(&[("lit/a.txt", "1")]);
    let name = std::ffi::OsStr::from_bytes(b"n\xff\n\xe2\x80\xae.txt");
    fs::write(folder.path().join("lit").join(name), "odd").unwrap();
    let catalog = scan(&settings);
    assert_eq!(paths(&catalog), ["lit/a.txt", "lit/n\\xff\\x0a\\u{202e}.txt"]);
    assert_eq!(documents(&catalog, &settings)[1].text, "odd");
}

#[test]
fn a_file_that_goes_away_is_a_fault() {
    let (folder, settings) = corpus(&[("lit/a.txt", "1")]);
    let catalog = scan(&settings);
    fs::remove_file(folder.path().join("lit/a.txt")).unwrap();
    let faults = read(&catalog.sources[0], &settings, &mut |_| panic!("nothing to read"));
    assert_eq!(faults[0].what, "cannot be read: no such file or directory");
    assert_eq!((faults[0].severity, faults[0].passing), (Severity::Skipped, true));
}

#[cfg(target_os = "linux")]
#[test]
fn a_fault_of_the_disk_may_pass_and_one_of_the_file_does_not() {
    let (_folder, settings) = corpus(&[("lit/a.jsonl", "{}\n")]);
    let passing = |source: &Source| read(source, &settings, &mut |_| ()).iter().map(|f| f.passing).collect::<Vec<_>>();
    let sound = scan(&settings).sources.remove(0);
    assert_eq!(passing(&sound), [false]);
    // The beginning of this file cannot be read: nothing is mapped there.
    assert_eq!(passing(&Source { file: "/proc/self/mem".into(), ..sound }), [true]);
}

#[test]
fn a_span_can_be_had_in_code_points() {
    let text = "é😀 word";
    let span = Span::new(7, 11);
    assert_eq!((span.of(text), span.in_code_points(text)), ("word", Span::new(3, 7)));
}

#[test]
fn a_list_beside_the_files_fills_what_they_do_not_say() {
    let list = "file;title;year;authors;funder\na.txt;\"A; title\";2004;Sloper P;DfES\nb.md;Other;1999;;\n";
    let (folder, settings) =
        corpus(&[("lit/sources.csv", list), ("lit/a.txt", "Words."), ("lit/b.md", "---\ntitle: Own\n---\nWords.")]);
    let catalog = scan(&settings);
    assert_eq!(paths(&catalog), ["lit/a.txt", "lit/b.md"]);
    let found = documents(&catalog, &settings);
    let Metadata { title, year, authors, extra, .. } = &found[0].metadata;
    assert_eq!((title.as_deref(), *year, authors[0].as_str()), (Some("A; title"), Some(2004), "Sloper P"));
    assert_eq!(extra["funder"], "DfES");
    assert_eq!((found[1].metadata.title.as_deref(), found[1].metadata.year), (Some("Own"), Some(1999)));
    fs::write(folder.path().join("lit/sources.csv"), list.replace("2004", "2005")).unwrap();
    let again = scan(&settings);
    assert_ne!(again.sources[0].digest, catalog.sources[0].digest);
    assert_eq!(again.sources[1].digest, catalog.sources[1].digest);
}
