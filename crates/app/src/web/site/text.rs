//! Texts that people write in Markdown, as HTML that can do no harm.

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};

/// Markdown as HTML. HTML in it is shown as text; links lead to the web, to mail or to our own pages;
/// pictures are left out, because nothing is loaded from elsewhere.
pub(in crate::web) fn html(markdown: &str) -> String {
    let mut pictures = 0_u32;
    let mut refused = false;
    let safe = Parser::new_ext(markdown, Options::empty()).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
        Event::Start(Tag::Image { .. }) => {
            pictures += 1;
            None
        }
        Event::End(TagEnd::Image) => {
            pictures = pictures.saturating_sub(1);
            None
        }
        _ if pictures > 0 => None,
        Event::Start(Tag::Link { ref dest_url, .. }) if !leads_somewhere_safe(dest_url) => {
            refused = true;
            None
        }
        Event::End(TagEnd::Link) if refused => {
            refused = false;
            None
        }
        // The page has its own first heading.
        Event::Start(Tag::Heading { level: HeadingLevel::H1, id, classes, attrs }) => {
            Some(Event::Start(Tag::Heading { level: HeadingLevel::H2, id, classes, attrs }))
        }
        Event::End(TagEnd::Heading(HeadingLevel::H1)) => Some(Event::End(TagEnd::Heading(HeadingLevel::H2))),
        other => Some(other),
    });
    let mut html = String::new();
    push_html(&mut html, safe);
    html
}

fn leads_somewhere_safe(url: &str) -> bool {
    let own = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
    own || ["https://", "http://", "mailto:"].iter().any(|scheme| url.to_ascii_lowercase().starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_can_do_no_harm() {
        for (markdown, wanted) in [
            ("# Hej\n\n*du*", "<h2>Hej</h2>\n<p><em>du</em></p>\n"),
            ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
            ("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n"),
            ("[x](javascript:alert(1))", "<p>x</p>\n"),
            ("[x](JaVaScRiPt:alert(1))", "<p>x</p>\n"),
            ("[x](//evil.example)", "<p>x</p>\n"),
            ("![spy](https://evil.example/p.png)", "<p></p>\n"),
            ("[a](https://example.se) [b](data:x) c", "<p><a href=\"https://example.se\">a</a> b c</p>\n"),
        ] {
            assert_eq!(html(markdown), wanted, "{markdown}");
        }
    }
}
