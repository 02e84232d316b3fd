//! What people write in Markdown, as blocks for a template: headings, paragraphs and lists, nothing else.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use serde::Serialize;

/// A piece of text in one style.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Run {
    text: String,
    strong: bool,
    emphasis: bool,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum Block {
    /// A heading of whatever level: agreements have one.
    Heading { runs: Vec<Run> },
    /// A paragraph.
    Paragraph { runs: Vec<Run> },
    /// The items of a list, numbered or not.
    List { numbered: bool, items: Vec<Vec<Run>> },
}

/// The blocks of a text.
pub(crate) fn blocks(markdown: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut runs: Vec<Run> = Vec::new();
    let mut lists: Vec<(bool, Vec<Vec<Run>>)> = Vec::new();
    let (mut strong, mut emphasis) = (0_u32, 0_u32);
    for event in Parser::new_ext(markdown, Options::empty()) {
        match event {
            Event::Start(Tag::Strong) => strong += 1,
            Event::End(TagEnd::Strong) => strong -= 1,
            Event::Start(Tag::Emphasis) => emphasis += 1,
            Event::End(TagEnd::Emphasis) => emphasis -= 1,
            Event::Start(Tag::List(first)) => {
                end_item(&mut lists, &mut runs, &mut blocks);
                lists.push((first.is_some(), Vec::new()));
            }
            Event::End(TagEnd::List(_)) => {
                if let Some((numbered, items)) = lists.pop() {
                    // A list within a list goes on in the outer one: an agreement has no need of more.
                    match lists.last_mut() {
                        Some((_, outer)) => outer.extend(items),
                        None => blocks.push(Block::List { numbered, items }),
                    }
                }
            }
            Event::End(TagEnd::Item | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::HtmlBlock) => {
                end_item(&mut lists, &mut runs, &mut blocks);
            }
            Event::End(TagEnd::Heading(_)) => {
                let runs = std::mem::take(&mut runs);
                if !runs.is_empty() {
                    blocks.push(Block::Heading { runs });
                }
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                runs.push(Run { text: text.into_string(), strong: strong > 0, emphasis: emphasis > 0 });
            }
            Event::SoftBreak | Event::HardBreak => {
                runs.push(Run { text: " ".to_owned(), strong: false, emphasis: false });
            }
            _ => {}
        }
    }
    end_item(&mut lists, &mut runs, &mut blocks);
    blocks
}

/// Ends a paragraph, or an item of the list that is open.
fn end_item(lists: &mut [(bool, Vec<Vec<Run>>)], runs: &mut Vec<Run>, blocks: &mut Vec<Block>) {
    if runs.is_empty() {
        return;
    }
    let runs = std::mem::take(runs);
    match lists.last_mut() {
        Some((_, items)) => items.push(runs),
        None => blocks.push(Block::Paragraph { runs }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_blocks_and_loses_no_word() {
        let run = |text: &str| Run { text: text.to_owned(), strong: false, emphasis: false };
        let text = "Ett *två*\ntre\n\n## Fyra\n\n- fem\n- **sex**\n  - sju\n\n1. åtta\n";
        let wanted = vec![
            Block::Paragraph { runs: vec![run("Ett "), Run { emphasis: true, ..run("två") }, run(" "), run("tre")] },
            Block::Heading { runs: vec![run("Fyra")] },
            Block::List {
                numbered: false,
                items: vec![vec![run("fem")], vec![Run { strong: true, ..run("sex") }], vec![run("sju")]],
            },
            Block::List { numbered: true, items: vec![vec![run("åtta")]] },
        ];
        assert_eq!(blocks(text), wanted);
        assert_eq!(blocks("<b>#1</b>"), [Block::Paragraph { runs: vec![run("<b>"), run("#1"), run("</b>")] }]);
        assert_eq!(blocks(""), []);
    }
}
