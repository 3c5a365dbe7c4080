//! `check`: whether this configuration and database are fit to serve, or whether a server is ready.

use std::io::{Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::time::Duration;

use crate::config::{Check, DatabaseOptions};
use crate::failure::Failure;
use crate::output::say;
use crate::serve::open;

const PATIENCE: Duration = Duration::from_secs(3);

pub(crate) async fn check(database: &DatabaseOptions, check: Check) -> Result<(), Failure> {
    if let Some(url) = check.ready {
        let asked = tokio::task::spawn_blocking(move || ask(&url)).await;
        return asked.unwrap_or_else(|panic| Err(Failure::Configuration(panic.to_string())));
    }
    let app = open(database).await?;
    app.is_ready().await?;
    match app.pending_migrations().await? {
        0 => {
            say!("fit to serve")?;
            Ok(())
        }
        pending => Err(Failure::Configuration(format!("the database lacks {pending} migrations: run `waymark migrate`"))),
    }
}

/// One plain HTTP request: a health check must not need another program.
fn ask(url: &str) -> Result<(), Failure> {
    let refused = |detail: String| Failure::Configuration(format!("{url}: {detail}"));
    let (host, path) = url
        .strip_prefix("http://")
        .and_then(|rest| rest.split_once('/'))
        .ok_or_else(|| refused("give a URL such as `http://127.0.0.1:8080/readyz`".to_owned()))?;
    let address = host
        .to_socket_addrs()
        .ok()
        .and_then(|mut addresses| addresses.next())
        .ok_or_else(|| refused("the host has no address".to_owned()))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(|error| refused(error.to_string()))?;
    let exchange = stream
        .set_read_timeout(Some(PATIENCE))
        .and_then(|()| write!(stream, "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
        .and_then(|()| {
            let mut answer = Vec::new();
            stream.take(4_096).read_to_end(&mut answer).map(|_| answer)
        });
    let answer = String::from_utf8_lossy(&exchange.map_err(|error| refused(error.to_string()))?).into_owned();
    match answer.split(' ').nth(1) {
        Some("200") => {
            say!("ready")?;
            Ok(())
        }
        _ => Err(refused(format!("not ready: {}", answer.lines().next().unwrap_or_default()))),
    }
}
