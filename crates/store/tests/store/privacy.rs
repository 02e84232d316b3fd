//! What is kept about people is known to the last column.

use std::collections::BTreeSet;

use super::each;

#[tokio::test]
async fn every_column_is_classified() {
    each(async |store| {
        let live: BTreeSet<(String, String)> = store.live_columns().await.unwrap().into_iter().collect();
        let known: BTreeSet<(String, String)> =
            store::columns().iter().map(|(table, column, _)| ((*table).to_owned(), (*column).to_owned())).collect();
        let unknown: Vec<_> = live.difference(&known).collect();
        assert!(unknown.is_empty(), "not in data.toml, or of no class: {unknown:?}");
        let gone: Vec<_> = known.difference(&live).collect();
        assert!(gone.is_empty(), "no such column: {gone:?}");
    })
    .await;
}

#[tokio::test]
async fn a_column_that_nobody_has_classified_is_found() {
    each(async |store| {
        store.run_for_test("ALTER TABLE mentor ADD COLUMN shoe_size TEXT").await.unwrap();
        assert!(store.live_columns().await.unwrap().contains(&("mentor".to_owned(), "shoe_size".to_owned())));
    })
    .await;
}

#[test]
fn every_class_says_what_becomes_of_it() {
    for (table, column, class) in store::columns() {
        assert!(["yes", "no"].contains(&class.export.as_str()), "{table}.{column}");
        assert!(["delete", "blank", "keep"].contains(&class.erase.as_str()), "{table}.{column}");
    }
    assert!(store::classes().len() > 5);
}
