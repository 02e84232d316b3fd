//! Migrations: forward only, each in a transaction of its own.

use crate::db::{Db, sql};
use crate::error::{Error, Result};

const MIGRATIONS: [&str; 15] = [
    include_str!("../migrations/0001_ground.sql"),
    include_str!("../migrations/0002_doors.sql"),
    include_str!("../migrations/0003_applications.sql"),
    include_str!("../migrations/0004_site.sql"),
    include_str!("../migrations/0005_pictures.sql"),
    include_str!("../migrations/0006_cookies.sql"),
    include_str!("../migrations/0007_chain.sql"),
    include_str!("../migrations/0008_way.sql"),
    include_str!("../migrations/0009_course.sql"),
    include_str!("../migrations/0010_booking.sql"),
    include_str!("../migrations/0011_intake.sql"),
    include_str!("../migrations/0012_room.sql"),
    include_str!("../migrations/0013_care.sql"),
    include_str!("../migrations/0014_companion.sql"),
    include_str!("../migrations/0015_sight.sql"),
];

/// Brings a database up to the program's version.
pub(crate) async fn migrate(db: &Db) -> Result<()> {
    migrate_to(db, MIGRATIONS.len()).await
}

/// Brings a database up to a version that the program has had.
pub(crate) async fn migrate_to(db: &Db, number: usize) -> Result<()> {
    let mut tx = db.begin().await?;
    tx.run(sql("CREATE TABLE IF NOT EXISTS migration (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL)"))
        .await?;
    let done = tx.all(sql("SELECT name FROM migration")).await?.len();
    if done > MIGRATIONS.len() {
        return Err(Error::TooNew { found: done as i64, known: MIGRATIONS.len() as i64 });
    }
    for (at, migration) in MIGRATIONS.iter().enumerate().take(number).skip(done) {
        tx.script(db.engine().words(migration)).await?;
        let name = migration_name(at);
        tx.run(
            sql("INSERT INTO migration (number, name) VALUES (CAST($1 AS INTEGER), $2)").bind(at as i64 + 1).bind(name),
        )
        .await?;
    }
    tx.commit().await
}

fn migration_name(at: usize) -> String {
    format!("{:04}", at + 1)
}
