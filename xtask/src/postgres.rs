//! A PostgreSQL server for one test run: a free port, a folder of its own, stopped at the end.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::needs::{initdb, is_root};
use crate::{Result, run};

/// A running server.
pub(crate) struct Postgres {
    folder: PathBuf,
    port: u16,
    server: Child,
}

impl Postgres {
    pub(crate) fn start() -> Result<Self> {
        let programs = initdb().ok_or("PostgreSQL is not installed")?;
        let said = |error: std::io::Error| error.to_string();
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).map_err(said)?.port();
        let folder = std::env::temp_dir().join(format!("mentorpar-postgres-{}-{port}", std::process::id()));
        fs::create_dir(&folder).map_err(said)?;
        if is_root() {
            // The server refuses to run as root.
            run("folder of the test database", Command::new("chown").arg("postgres:").arg(&folder))?;
        }
        let made = Self::user(&programs.join("initdb"))
            .args(["--no-sync", "--auth=trust", "--username=mentorpar", "--encoding=UTF8", "--locale=C", "--pgdata"])
            .arg(&folder)
            .stdout(Stdio::null())
            .status()
            .map_err(said)?;
        if !made.success() {
            return Err(format!("initdb: {made}"));
        }
        let server = Self::user(&programs.join("postgres"))
            .arg("-D")
            .arg(&folder)
            .args([
                "-p",
                &port.to_string(),
                "-h",
                "127.0.0.1",
                "-k",
                "",
                "-c",
                "fsync=off",
                "-c",
                "max_connections=300",
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(said)?;
        let postgres = Self { folder, port, server };
        for _ in 0..100 {
            if TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return Ok(postgres);
            }
            sleep(Duration::from_millis(100));
        }
        Err("PostgreSQL did not start".to_owned())
    }

    /// A command as a user that the server accepts.
    fn user(program: &Path) -> Command {
        if !is_root() {
            return Command::new(program);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program).current_dir("/");
        command
    }

    /// The address of the server's first database.
    pub(crate) fn url(&self) -> String {
        format!("postgres://mentorpar@127.0.0.1:{}/postgres", self.port)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // SIGINT: connections are closed and the server ends in order.
        let _ = Command::new("kill").args(["-INT", &self.server.id().to_string()]).status();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
