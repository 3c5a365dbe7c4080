use std::fmt;
use std::ops::Index;

use serde_json::Value;

/// An answer that knows its question, so that a failed expectation shows both.
pub(crate) struct Response {
    sent: String,
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    pub(crate) text: String,
    json: Value,
}

impl Response {
    pub(crate) async fn read(sent: String, answer: reqwest::Response) -> Self {
        let status = answer.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        let body = answer.bytes().await.unwrap_or_else(|error| panic!("{sent}: the body broke off: {error:?}"));
        let json = serde_json::from_slice(&body).unwrap_or_default();

        Self { sent, status, headers, text: String::from_utf8_lossy(&body).into_owned(), json }
    }

    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Self {
        assert!(self.status == status, "expected {status} from {self:?}");
        self
    }

    /// A problem document of this status and code.
    #[track_caller]
    pub(crate) fn problem(self, status: u16, code: &str) -> Self {
        let answer = self.expect(status);
        assert!(answer.header("content-type") == "application/problem+json", "expected a problem from {answer:?}");
        assert!(answer["code"] == code, "expected the code {code} from {answer:?}");
        answer
    }

    /// What a GraphQL operation without an error gives.
    #[track_caller]
    pub(crate) fn data(&self) -> &Value {
        assert!(self.status == 200 && self.json.get("errors").is_none(), "expected data from {self:?}");
        &self["data"]
    }

    /// Null when the body is something else.
    pub(crate) fn json(&self) -> &Value {
        &self.json
    }

    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.find(name).unwrap_or_else(|| panic!("expected the header {name} from {self:?}"))
    }

    pub(crate) fn find(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn etag(&self) -> &str {
        self.header("etag")
    }
}

/// A member of the JSON body, null when it is absent.
impl Index<&str> for Response {
    type Output = Value;

    fn index(&self, member: &str) -> &Value {
        &self.json[member]
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n{}", self.sent, self.status)?;
        for (name, value) in &self.headers {
            writeln!(f, "{name}: {value}")?;
        }
        writeln!(f, "\n{}", self.text)
    }
}
