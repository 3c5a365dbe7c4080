//! HTTP by hand, for what no well-behaved client does.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::harness::App;

/// A connection to the server.
pub(super) async fn connected(app: &App) -> TcpStream {
    let url = app.server.url();
    let address = url.trim_start_matches("http://");

    TcpStream::connect(address).await.expect("connect to the server")
}

/// The head of a request with the owner's token and a body of this length.
pub(super) fn head(app: &App, method: &str, path: &str, length: usize) -> String {
    let token = app.server.owner_token().expect("the first start printed a token");

    format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
    )
}

pub(super) async fn send(stream: &mut TcpStream, text: &str) {
    stream.write_all(text.as_bytes()).await.expect("send to the server");
}

/// The status and what else arrives with it, or nothing when the server closed the connection.
pub(super) async fn answer(stream: &mut TcpStream, patience: Duration) -> Option<(u16, String)> {
    let mut buffer = vec![0; 64 * 1024];
    let read = tokio::time::timeout(patience, stream.read(&mut buffer)).await.expect("the server answers in time");
    let text = String::from_utf8_lossy(&buffer[..read.ok().filter(|read| *read > 0)?]).into_owned();
    let status = text.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_else(|| panic!("no status in {text}"));

    Some((status, text))
}
