//! Files made to hurt, through the program: each costs itself, is named, and leaves nothing behind.
#![cfg(unix)]

use assert_cmd::Command;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;

/// A PDF of these objects, numbered from 1, without a table of their places, which readers make anew.
fn pdf(objects: &[String]) -> Vec<u8> {
    let mut out = String::from("%PDF-1.4\n");
    for (n, object) in objects.iter().enumerate() {
        write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1).unwrap();
    }
    write!(out, "trailer\n<</Root 1 0 R/Size {}>>\n%%EOF\n", objects.len() + 1).unwrap();
    out.into_bytes()
}

fn stream(dict: &str, content: &str) -> String {
    format!("<<{dict}/Length {}>>stream\n{content}\nendstream", content.len())
}

/// One page with this content and these resources; further objects are numbered from 5.
fn one_page(content: &str, resources: &str, more: &[String]) -> Vec<u8> {
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
        format!("<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<<{resources}>>>>"),
        stream("", content),
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

/// A form that draws itself twice, so that the work doubles with each level.
fn self_drawing_form() -> Vec<u8> {
    let form = stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X 5 0 R>>>>", "/X Do /X Do");
    one_page("/X Do", "/XObject<</X 5 0 R>>", &[form])
}

/// Forms that draw the next one thirty times each, so that the last is drawn thirty to the twelfth times.
fn multiplying_forms() -> Vec<u8> {
    let form = |n: usize| {
        let dict = format!("/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {} 0 R>>>>", n + 6);
        stream(&dict, &"/X Do ".repeat(30))
    };
    let mut forms: Vec<String> = (0..12).map(form).collect();
    forms.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 1 1]", ""));
    one_page("/X Do", "/XObject<</X 5 0 R>>", &forms)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

/// Content deflated twice, which unpacks to a gigabyte of blanks.
fn double_bomb() -> Vec<u8> {
    let mut once = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let blanks = vec![b' '; 1 << 20];
    (0..1024).for_each(|_| once.write_all(&blanks).unwrap());
    let twice = deflated(&once.finish().unwrap());
    let mut out = b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n\
        3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n4 0 obj\n"
        .to_vec();
    writeln!(out, "<</Filter[/FlateDecode/FlateDecode]/Length {}>>stream", twice.len()).unwrap();
    out.extend(twice);
    out.extend(b"\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n");
    out
}

/// A page tree in which each node has one child, 20,000 deep.
fn deep_tree() -> Vec<u8> {
    let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned()];
    objects.extend((0..20_000).map(|n| format!("<</Type/Pages/Kids[{} 0 R]/Count 1>>", n + 3)));
    objects.push("<</Type/Page/MediaBox[0 0 9 9]>>".to_owned());
    pdf(&objects)
}

/// The crafted files, each by its name.
fn crafted() -> Vec<(&'static str, Vec<u8>)> {
    let catalog = || "<</Type/Catalog/Pages 2 0 R>>".to_owned();
    let entries = stream("/Type/XRef/W[0 0 0]/Index[0 99999999999]/Size 9/Root 1 0 R", "");
    let mut endless = pdf(&[catalog(), "<</Type/Pages/Kids[]/Count 0>>".to_owned(), entries]);
    let at = endless.windows(7).position(|window| window == b"3 0 obj").unwrap();
    write!(endless, "startxref\n{at}\n%%EOF\n").unwrap();
    vec![
        ("form", self_drawing_form()),
        ("forms", multiplying_forms()),
        (
            "parent",
            pdf(&[
                catalog(),
                "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
                "<</Type/Page/Parent 3 0 R>>".to_owned(),
            ]),
        ),
        ("index", endless),
        ("bomb", double_bomb()),
        (
            "kids",
            pdf(&[
                catalog(),
                "<</Type/Pages/Kids[2 0 R 3 0 R]/Count 1>>".to_owned(),
                "<</Type/Pages/Kids[2 0 R]>>".to_owned(),
            ]),
        ),
        ("nesting", one_page(&format!("{} TJ", "[".repeat(20_000)), "", &["[".repeat(20_000)])),
        ("tree", deep_tree()),
    ]
}

fn study(folder: &Path, limits: &str) {
    fs::create_dir_all(folder.join("config")).unwrap();
    fs::create_dir_all(folder.join("corpus")).unwrap();
    let themes = "[corpus]\npaths = [\"corpus\"]\n[lexicon]\nthemes = [\"config/themes\"]\n[corpus.limits]\n";
    fs::write(folder.join("config/s.toml"), format!("{themes}{limits}")).unwrap();
    fs::create_dir_all(folder.join("config/themes")).unwrap();
    fs::write(
        folder.join("config/themes/time.toml"),
        "label = \"Time\"\ndefinition = \"Time.\"\npatterns = [\"time\"]\n",
    )
    .unwrap();
}

#[test]
fn crafted_pdfs_cost_themselves_and_are_named() {
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "cpu_seconds = 1\nmemory_bytes = 600000000\n");
    for (name, bytes) in crafted() {
        fs::write(folder.path().join(format!("corpus/{name}.pdf")), bytes).unwrap();
    }
    let font = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>";
    let good = one_page("BT /F 10 Tf 50 700 Td (They had no time for it.) Tj ET", font, &[]);
    fs::write(folder.path().join("corpus/good.pdf"), good).unwrap();
    let run = Command::cargo_bin("throughline").unwrap().current_dir(folder.path()).arg("ingest").output().unwrap();
    let (said, errors) = (String::from_utf8_lossy(&run.stdout), String::from_utf8_lossy(&run.stderr));
    assert_eq!(run.status.code(), Some(3), "{said}{errors}");
    assert!(said.contains("1 document (1 new)"), "{said}{errors}");
    for (name, _) in crafted() {
        assert!(errors.contains(&format!("corpus/{name}.pdf: ")), "{name} is not named:\n{errors}");
    }
    assert!(errors.contains("forms.pdf: its parser took more than 1 s of processor time (cpu_seconds)"), "{errors}");
    // Which of its limits ends it first depends on the machine.
    let bomb = errors.lines().find(|line| line.contains("corpus/bomb.pdf: ")).unwrap();
    assert!(bomb.contains("(memory_bytes)") || bomb.contains("(cpu_seconds)"), "{bomb}");
}

#[cfg(target_os = "linux")]
#[test]
fn children_are_gone_when_their_parent_is_killed() {
    use std::time::Duration;
    let folder = tempfile::tempdir().unwrap();
    study(folder.path(), "");
    fs::write(folder.path().join("corpus/forms.pdf"), multiplying_forms()).unwrap();
    let program = assert_cmd::cargo::cargo_bin("throughline");
    for signal in ["-TERM", "-KILL"] {
        let mut run = std::process::Command::new(&program)
            .current_dir(folder.path())
            .arg("ingest")
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let threads = || fs::read_dir(format!("/proc/{}/task", run.id())).unwrap().flatten();
        let mut below = Vec::new();
        for _ in 0..300 {
            std::thread::sleep(Duration::from_millis(100));
            let of_thread = |entry: fs::DirEntry| fs::read_to_string(entry.path().join("children")).unwrap_or_default();
            below = threads()
                .map(of_thread)
                .flat_map(|list| list.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
                .collect();
            if !below.is_empty() {
                break;
            }
        }
        assert_eq!(below.len(), 1, "no child was started");
        std::process::Command::new("kill").args([signal, &run.id().to_string()]).status().unwrap();
        run.wait().unwrap();
        let gone = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            !Path::new(&format!("/proc/{}", below[0])).exists()
        });
        assert!(gone, "the child outlived its parent after {signal}");
    }
}
